using Microsoft.Extensions.Logging;
using NestedLearning.Tiers;

namespace NestedLearning.Grains;

/// <summary>
/// A grain around a host that is opened by the first call and saved when the grain is deactivated. A state that cannot be
/// taken up is quarantined: every call gets the same error, and nobody tries it again until the grain is deactivated.
/// </summary>
internal abstract partial class HostedGrain<THost>(SiloTiers tiers, ILogger logger) : Grain
    where THost : class, IAsyncDisposable
{
    private static readonly DeactivationReason NotNeeded = new(DeactivationReasonCode.ApplicationRequested, "It is not needed in memory.");

    private Task<Resident<THost>>? _resident;
    private bool _isReplaced;

    protected SiloTiers Tiers => tiers;

    /// <summary>Saves the host and stops it.</summary>
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (_resident is null)
        {
            return;
        }

        await ((Task)_resident).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        if (_resident.IsCompletedSuccessfully)
        {
            await CloseAsync(await _resident);
        }
    }

    /// <summary>Opens the host; called once, and again by the next call after a failure that may pass.</summary>
    protected abstract Task<THost> OpenAsync();

    /// <summary>The last that is done with a host before it is saved and stopped. No call runs any more.</summary>
    protected virtual ValueTask ClosingAsync(Resident<THost> resident) => ValueTask.CompletedTask;

    /// <summary>Calls the host.</summary>
    /// <exception cref="StoppingException">The silo is stopping, or another activation has taken over.</exception>
    protected async ValueTask<T> UseAsync<T>(Func<THost, ValueTask<T>> call)
    {
        if (_isReplaced || tiers.IsStopping)
        {
            throw new StoppingException(this.GetPrimaryKeyString());
        }

        try
        {
            Resident<THost> resident = await OpenedAsync();
            using ResidentHosts.ResidentUse use = tiers.Residents.Use(resident);
            return await call(resident.Host);
        }
        catch (StoreException error) when (error.Problem == StoreProblem.Conflict)
        {
            // Somebody else saved this state: what is here is no longer what counts.
            _isReplaced = true;
            DeactivateOnIdle();
            LogReplaced(this.GetPrimaryKeyString(), error);
            throw new StoppingException(this.GetPrimaryKeyString());
        }
    }

    /// <summary>
    /// Lets the host be done away with, where it is in memory. This activation takes no more calls: where the host was stopped, the next
    /// one opens it anew.
    /// </summary>
    /// <exception cref="StoppingException">The silo is stopping, or another activation has taken over.</exception>
    protected async ValueTask<T> TakeAwayAsync<T>(Func<THost?, ValueTask<T>> work)
    {
        if (_isReplaced || tiers.IsStopping)
        {
            throw new StoppingException(this.GetPrimaryKeyString());
        }

        _isReplaced = true;
        DeactivateOnIdle();
        if (_resident is not null)
        {
            await ((Task)_resident).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }

        return await work(_resident is { IsCompletedSuccessfully: true } opened ? (await opened).Host : null);
    }

    private async Task<Resident<THost>> OpenedAsync()
    {
        Task<Resident<THost>> opening = _resident ??= OpenAndTrackAsync();
        try
        {
            return await opening;
        }
        catch (StoreException error) when (error.Problem == StoreProblem.Damaged)
        {
            throw;
        }
        catch
        {
            if (_resident == opening)
            {
                _resident = null;
            }

            throw;
        }
    }

    private async Task<Resident<THost>> OpenAndTrackAsync()
    {
        try
        {
            return tiers.Residents.Add(this.GetGrainId(), await OpenAsync(), Leave);
        }
        catch (StoreException error) when (error.Problem == StoreProblem.Damaged)
        {
            TierMetrics.QuarantinedStates.Add(1);
            LogQuarantined(this.GetPrimaryKeyString(), error);
            throw;
        }
    }

    /// <summary>As <see cref="Grain.DeactivateOnIdle"/>, also for one that is gone, as it may be for whoever calls from outside.</summary>
    private void Leave() => GrainContext.Deactivate(NotNeeded);

    private async Task CloseAsync(Resident<THost> resident)
    {
        try
        {
            await ClosingAsync(resident);
        }
        catch (Exception error)
        {
            LogNotSent(this.GetPrimaryKeyString(), error);
        }

        try
        {
            await resident.Host.DisposeAsync();
        }
        catch (Exception error)
        {
            LogNotSaved(this.GetPrimaryKeyString(), error);
        }
        finally
        {
            tiers.Residents.Remove(this.GetGrainId(), resident);
            resident.ConfirmClosed();
        }
    }

    private void LogReplaced(string key, Exception error) => LogReplaced(logger, key, error);

    private void LogQuarantined(string key, Exception error) => LogQuarantined(logger, key, error);

    private void LogNotSent(string key, Exception error) => LogNotSent(logger, key, error);

    private void LogNotSaved(string key, Exception error) => LogNotSaved(logger, key, error);
}
