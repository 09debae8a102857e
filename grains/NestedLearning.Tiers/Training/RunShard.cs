namespace NestedLearning.Tiers;

/// <summary>
/// One shard of a run's data. The data is cut into as many stretches as a worker has shards, one after another, and each
/// stretch into as many lanes as there are workers. So the shards of one stretch are learned at the same time, and the
/// stream keeps its order.
/// </summary>
/// <param name="Number">Its number, from 1; shards of earlier stretches come first.</param>
/// <param name="Lane">Which of the stretch's events it has, from 0.</param>
/// <param name="Start">The position of the stretch's first event in the data, from 0.</param>
/// <param name="End">The position after its last event.</param>
public readonly record struct RunShard(int Number, int Lane, long Start, long End)
{
    /// <summary>The shard of a number.</summary>
    public static RunShard Of(RunSpec spec, long events, int number)
    {
        (int stretch, int lane) = Math.DivRem(number - 1, spec.Workers);
        return new RunShard(number, lane, BoundaryOf(stretch), BoundaryOf(stretch + 1));

        long BoundaryOf(int first) => (long)((Int128)events * first / spec.ShardsPerWorker);
    }
}
