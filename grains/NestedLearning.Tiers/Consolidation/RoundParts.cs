using NestedLearning.Models;
using NestedLearning.Tensors;

namespace NestedLearning.Tiers;

/// <summary>
/// How a round is cut for the shards of its level. It depends on the round and the number of shards alone, so a fold that is done
/// again after a crash adds in the same order.
/// </summary>
public sealed class RoundParts
{
    private readonly IReadOnlyList<RoundUpdate> _round;

    private RoundParts(IReadOnlyList<RoundUpdate> round, IReadOnlyList<RoundPart> all)
    {
        _round = round;
        All = all;
    }

    /// <summary>The parts, one a shard; none where the owner takes the round as it is.</summary>
    public IReadOnlyList<RoundPart> All { get; }

    /// <summary>What the parts come to. Those that nobody has added up yet are added up now.</summary>
    internal IReadOnlyList<TensorSet> AddUp()
    {
        foreach (RoundPart part in All)
        {
            part.AddUp();
        }

        return [.. All.Select(part => part.Sums!)];
    }

    /// <summary>Whether these are the parts of this round.</summary>
    internal bool AreOf(IReadOnlyList<RoundUpdate> round) => _round.SequenceEqual(round, ReferenceEqualityComparer.Instance);

    /// <summary>Cuts a round between updates, into parts of about as many events to add.</summary>
    internal static RoundParts Of(ModelId model, ISharedLevel level, IReadOnlyList<RoundUpdate> round, int shards)
    {
        if (level is not IReversibleLevel sums || shards == 1)
        {
            return new RoundParts(round, []);
        }

        long[] events = [.. round.Select(update => sums.EventsToAdd(update.Contribution))];
        long total = events.Sum();
        long parts = Math.Min(shards, total / sums.LeastPart);
        if (parts < 2)
        {
            return new RoundParts(round, []);
        }

        List<RoundUpdate>[] cut = [.. Enumerable.Range(0, (int)parts).Select(_ => new List<RoundUpdate>())];
        long before = 0;
        for (int i = 0; i < round.Count; i++)
        {
            // The middle of an update decides: so a large one moves the rest as little as can be.
            long middle = before + (events[i] / 2);
            cut[Math.Min((long)((Int128)middle * parts / total), parts - 1)].Add(round[i]);
            before += events[i];
        }

        return new RoundParts(round, [.. cut.Where(part => part.Count > 0).Select((part, shard) => new RoundPart(model, sums, shard, part))]);
    }
}
