using NestedLearning.Tiers;

namespace NestedLearning.Hosting;

/// <summary>What schedules ask of many memories.</summary>
public static class MemoryWork
{
    /// <summary>Does something for each, several at once, and goes on after one that fails.</summary>
    public static async Task<MemoryFailures> ForEachAsync<T>(
        IReadOnlyCollection<T> memories, Func<T, CancellationToken, ValueTask> work, CancellationToken cancellationToken)
    {
        int failed = 0;
        Exception? first = null;
        await Parallel.ForEachAsync(memories, cancellationToken, async (memory, stop) =>
        {
            try
            {
                await work(memory, stop);
            }
            catch (Exception error) when (!stop.IsCancellationRequested)
            {
                Interlocked.CompareExchange(ref first, error, null);
                Interlocked.Increment(ref failed);
            }
        });
        return new MemoryFailures(failed, first is null ? null : RunFailures.Describe(first));
    }
}
