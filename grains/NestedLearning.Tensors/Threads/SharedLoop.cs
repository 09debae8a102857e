using System.Runtime.ExceptionServices;

namespace NestedLearning.Tensors;

/// <summary>
/// A loop whose rounds are taken one after another by the calling thread and by threads of the pool that come in time. The
/// caller never waits for a helper that has not begun, so a busy pool costs nothing but the help.
/// </summary>
internal static class SharedLoop
{
    /// <summary>Runs <paramref name="rounds"/> rounds on at most <paramref name="threads"/> threads.</summary>
    public static void Run<TWork>(TWork work, int rounds, int threads)
        where TWork : struct, IRangeWork
    {
        if (Math.Min(rounds, threads) <= 1)
        {
            work.Run(0, rounds);
            return;
        }

        var loop = new SharedLoop<TWork>(work, rounds);
        for (int helper = 1; helper < Math.Min(rounds, threads); helper++)
        {
            ThreadPool.UnsafeQueueUserWorkItem(loop, preferLocal: false);
        }

        loop.Execute();
        loop.Wait();
    }
}

/// <summary>How many rounds of one loop are taken, and how many done.</summary>
internal sealed class SharedLoop<TWork>(TWork work, int rounds) : IThreadPoolWorkItem
    where TWork : struct, IRangeWork
{
    private int _taken;
    private int _done;
    private ExceptionDispatchInfo? _failure;

    /// <summary>Takes rounds until none is left.</summary>
    public void Execute()
    {
        for (int round = Take(); round < rounds; round = Take())
        {
            try
            {
                work.Run(round, round + 1);
            }
            catch (Exception failure)
            {
                // Whatever it is, it is the caller's, who gets it from Wait.
                _failure = ExceptionDispatchInfo.Capture(failure);
            }

            Interlocked.Increment(ref _done);
        }
    }

    /// <summary>Waits for the rounds that other threads have taken, each no longer than one round.</summary>
    public void Wait()
    {
        SpinWait spinner = default;
        while (Volatile.Read(ref _done) < rounds)
        {
            spinner.SpinOnce(sleep1Threshold: -1);
        }

        _failure?.Throw();
    }

    private int Take() => Interlocked.Increment(ref _taken) - 1;
}
