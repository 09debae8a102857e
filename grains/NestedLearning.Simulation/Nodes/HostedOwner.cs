using NestedLearning.Tiers;

namespace NestedLearning.Simulation;

/// <summary>
/// A tier's owner in a silo: opened by its first call, opened again after a failure that may pass, and given up for good
/// when somebody else has saved its state.
/// </summary>
internal sealed class HostedOwner<THost>(string name, Func<Task<THost>> open, Action<THost> close)
    where THost : class, IAsyncDisposable
{
    private Task<THost>? _opening;
    private bool _isGivenUp;

    /// <exception cref="StoppingException">Another owner has taken over; the next call reaches that one.</exception>
    public async Task<T> UseAsync<T>(Func<THost, Task<T>> call)
    {
        if (_isGivenUp)
        {
            throw new StoppingException(name);
        }

        try
        {
            return await call(await OpenedAsync());
        }
        catch (StoreException error) when (error.Problem == StoreProblem.Conflict)
        {
            GiveUp();
            throw new StoppingException(name);
        }
    }

    /// <summary>Takes no more calls, and lets somebody do away with what it owns before its host goes; it has none where it was not opened.</summary>
    /// <exception cref="StoppingException">It is given up already; the next call reaches another owner.</exception>
    public async Task<T> TakeAwayAsync<T>(Func<THost?, Task<T>> work)
    {
        if (_isGivenUp)
        {
            throw new StoppingException(name);
        }

        _isGivenUp = true;
        THost? host = null;
        if (_opening is { } opening)
        {
            await ((Task)opening).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            host = opening.IsCompletedSuccessfully ? await opening : null;
        }

        try
        {
            return await work(host);
        }
        finally
        {
            if (host is not null)
            {
                close(host);
            }
        }
    }

    /// <summary>Takes no more calls, and lets its host go.</summary>
    public void GiveUp()
    {
        if (!_isGivenUp)
        {
            _isGivenUp = true;
            if (_opening is { IsCompletedSuccessfully: true })
            {
                close(_opening.Result);
            }
        }
    }

    private async Task<THost> OpenedAsync()
    {
        Task<THost> opening = _opening ??= open();
        try
        {
            return await opening;
        }
        catch
        {
            _opening = _opening == opening ? null : _opening;
            throw;
        }
    }
}
