using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Gateway.Dashboard.Recording;

/// <summary>What was seen of one tenant. Its model's recording holds the lock.</summary>
internal sealed class TenantRecording
{
    private const int MaxSittings = 24;

    private readonly List<Sitting> _sittings = [];

    public ScoreRow Row { get; } = new();

    public Score Total { get; private set; }

    public DateTimeOffset LastSeen { get; private set; }

    /// <summary>What its newest receipt calls applied but not durable, in sequence numbers of the sender.</summary>
    public long NotDurable { get; private set; }

    public void Learn(DateTimeOffset now, SourceId source, FeedReceipt receipt, bool areLabelled, int slice)
    {
        LastSeen = now;
        NotDurable = Math.Max(0, receipt.Marks.AppliedThrough - receipt.Marks.DurableThrough);
        Score score = Score.Of(receipt, areLabelled);
        if (receipt.Learned == 0)
        {
            return;
        }

        Total += score;
        Row.Add(slice, score);
        if (_sittings is [.., { } last] && last.GoesOn(source, now))
        {
            _sittings[^1] = last with { To = now, Score = last.Score + score };
            return;
        }

        _sittings.Add(new Sitting(source, now, now, score));
        if (_sittings.Count > MaxSittings)
        {
            _sittings.RemoveAt(0);
        }
    }

    public TenantLook Read(TenantId tenant, int slices) => new(tenant, Total, LastSeen)
    {
        NotDurable = NotDurable,
        Slices = Row.Take(slices),
        Sittings = [.. _sittings],
    };
}
