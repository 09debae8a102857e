namespace NestedLearning.Simulation;

/// <summary>Knows the number of a level's newest version, by one call that waits at the level for all memories of a silo.</summary>
internal sealed class LevelWatch(NodeLife life, ILevelService level)
{
    private static readonly TimeSpan FailurePause = TimeSpan.FromSeconds(0.5);

    private TaskCompletionSource _news = new();
    private long _newest = -1;
    private bool _isWatching;

    /// <summary>The newest version that is known here; -1 for none.</summary>
    public long Newest
    {
        get
        {
            Watch();
            return _newest;
        }
    }

    public void Learn(long version)
    {
        if (version > _newest)
        {
            _newest = version;
            Tell();
        }
    }

    public void GoBackTo(long version) => _newest = version;

    /// <summary>Returns once a version after the given one is there, and now and then before, to let its caller look.</summary>
    public async ValueTask WaitPastAsync(long version, CancellationToken cancellationToken)
    {
        Task news = _news.Task;
        if (Newest <= version)
        {
            await news.WaitAsync(cancellationToken);
        }
    }

    private void Watch()
    {
        if (!_isWatching)
        {
            _isWatching = true;
            life.Start(WatchAsync);
        }
    }

    private async Task WatchAsync()
    {
        while (life.IsAlive)
        {
            try
            {
                Learn(await level.WaitPastAsync(_newest));
                Tell();
            }
            catch (NestedLearningException error) when (Calls.MayPass(error))
            {
                Tell();
                await life.Delay(FailurePause);
            }
        }
    }

    private void Tell()
    {
        TaskCompletionSource waiting = _news;
        _news = new TaskCompletionSource();
        waiting.TrySetResult();
    }
}
