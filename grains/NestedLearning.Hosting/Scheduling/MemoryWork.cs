using NestedLearning.Tiers;

namespace NestedLearning.Hosting;

/// <summary>What schedules ask of many memories.</summary>
public static class MemoryWork
{
    /// <summary>Does something for each, several at once, and goes on after one that fails.</summary>
    /// <exception cref="MemoriesFailedException">At least one failed.</exception>
    public static async Task ForEachAsync<T>(
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
        if (first is not null)
        {
            throw new MemoriesFailedException(failed, memories.Count, first);
        }
    }
}
