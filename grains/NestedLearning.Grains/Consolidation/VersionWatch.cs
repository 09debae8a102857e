using System.Diagnostics;

namespace NestedLearning.Grains;

/// <summary>
/// Knows the number of a level's newest version, by one call that waits at the level for all memories of the silo. It
/// begins with the first who asks, and ends when nobody has asked for a while.
/// </summary>
internal sealed class VersionWatch(IConsolidatorGrain level, SiloTiers tiers)
{
    private static readonly TimeSpan UnusedTime = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan FailurePause = TimeSpan.FromSeconds(0.5);

    private TaskCompletionSource _news = CreateSignal();
    private long _newest = -1;
    private long _lastUse;
    private int _isWatching;

    /// <summary>The newest version that is known here; -1 for none.</summary>
    public long Newest
    {
        get
        {
            Use();
            return Interlocked.Read(ref _newest);
        }
    }

    /// <summary>A version is there.</summary>
    public void Learn(long version)
    {
        long known = Interlocked.Read(ref _newest);
        while (version > known)
        {
            long found = Interlocked.CompareExchange(ref _newest, version, known);
            if (found == known)
            {
                Tell();
                return;
            }

            known = found;
        }
    }

    /// <summary>The level is at an older version than was known.</summary>
    public void GoBackTo(long version) => Interlocked.Exchange(ref _newest, version);

    /// <summary>Returns once a version after the given one is there, and now and then before, to let its caller look.</summary>
    public async ValueTask WaitPastAsync(long version, CancellationToken cancellationToken)
    {
        Task news = Volatile.Read(ref _news).Task;
        if (Newest <= version)
        {
            await news.WaitAsync(cancellationToken);
        }
    }

    private static TaskCompletionSource CreateSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Use()
    {
        Interlocked.Exchange(ref _lastUse, Stopwatch.GetTimestamp());
        if (!tiers.IsStopping && Interlocked.Exchange(ref _isWatching, 1) == 0)
        {
            _ = Task.Run(WatchAsync);
        }
    }

    private async Task WatchAsync()
    {
        while (!tiers.IsStopping && Stopwatch.GetElapsedTime(Interlocked.Read(ref _lastUse)) < UnusedTime)
        {
            try
            {
                Learn(await level.WaitPastAsync(Interlocked.Read(ref _newest), CancellationToken.None));
                Tell();
            }
            catch (Exception error)
            {
                Tell(TierCalls.MayPass(error) ? null : error);
                await tiers.PauseAsync(FailurePause);
            }
        }

        Interlocked.Exchange(ref _isWatching, 0);
        Tell();
    }

    /// <summary>Lets all who wait look again, or hands them what is wrong with the level.</summary>
    private void Tell(Exception? error = null)
    {
        TaskCompletionSource waiting = Interlocked.Exchange(ref _news, CreateSignal());
        if (error is null)
        {
            waiting.TrySetResult();
            return;
        }

        waiting.TrySetException(error);
        _ = waiting.Task.Exception; // Nobody may be waiting.
    }
}
