namespace NestedLearning.Tiers.Tests.Training;

/// <summary>What a fast memory does with a shard: it takes the next event only, and a crash takes it back to its last save.</summary>
internal sealed class ShardMemory
{
    private readonly List<long> _learned = [];

    public long Applied => _learned.Count;

    public long Durable { get; private set; }

    /// <summary>Whether it learned events 1, 2, 3 and so on.</summary>
    public bool CountsOnce => _learned.Index().All(learned => learned.Item == learned.Index + 1);

    /// <summary>Learns the events after a number up to another one, as far as they are new.</summary>
    /// <returns>The last event it has; its sender goes on there.</returns>
    public long Feed(long after, long last)
    {
        if (Applied < after)
        {
            return Applied;
        }

        for (long sequence = after + 1; sequence <= last; sequence++)
        {
            if (sequence > Applied)
            {
                _learned.Add(sequence);
            }
        }

        return last;
    }

    public ShardReport Flush()
    {
        Durable = Applied;
        return new ShardReport(Durable, Applied, 0);
    }

    public void Crash() => _learned.RemoveRange((int)Durable, (int)(Applied - Durable));
}
