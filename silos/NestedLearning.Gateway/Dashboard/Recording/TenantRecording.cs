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

    /// <summary>How many of its events are in no saved state, by its newest receipt or by what its memory said since.</summary>
    public long NotDurable { get; private set; }

    /// <summary>How many receipts came: what a memory says is older than a receipt that came while it was asked.</summary>
    private long _receipts;

    private DateTimeOffset _asked;

    public void Learn(DateTimeOffset now, SourceId source, FeedReceipt receipt, bool areLabelled, int slice)
    {
        LastSeen = now;
        NotDurable = receipt.NotDurable;
        _receipts++;
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

    /// <summary>Its memory says how it stands.</summary>
    public void Ask(DateTimeOffset now, TenantLook before, long notDurable)
    {
        _asked = now;
        NotDurable = _receipts == before.Receipts ? notDurable : NotDurable;
    }

    public TenantLook Read(TenantId tenant, int slices) => new(tenant, Total, LastSeen)
    {
        NotDurable = NotDurable,
        Receipts = _receipts,
        LastAsked = _asked,
        Slices = Row.Take(slices),
        Sittings = [.. _sittings],
    };
}
