using Microsoft.Extensions.Logging;
using NestedLearning.Tiers;

namespace NestedLearning.Grains;

/// <summary>A worker as a grain. What it does runs beside the grain's turns, which only see that it goes on.</summary>
/// <remarks>Workers are spread over the silos in turn: with the run's own silo then go some of them, and the others bring it back.</remarks>
[ComputePlacementFilter]
[ShardPlacement]
internal sealed partial class TrainingWorkerGrain(
    SiloTiers tiers, IGrainFactory grains, TierCalls calls, ITrainingDataSource source, ILogger<TrainingWorkerGrain> logger)
    : Grain, ITrainingWorkerGrain
{
    private RunningWork? _work;

    private WorkerKey Key => WorkerKey.Parse(this.GetPrimaryKeyString());

    public ValueTask CheckAsync(string address, CancellationToken cancellationToken) => RunData.CheckAsync(source, address, cancellationToken);

    public async Task WorkAsync()
    {
        if (tiers.IsStopping)
        {
            DeactivateOnIdle(); // The next call finds a silo that stays.
            return;
        }

        if (_work is { IsOver: false, IsSilent: false })
        {
            return;
        }

        WorkerKey key = Key;
        SiloModel model = await tiers.ModelAsync(key.Model);
        if (_work is { IsOver: false })
        {
            LogGivenUp(key);
            _work.GiveUp();
        }

        RunMeans means = new(key.Model, model, grains, calls, source, tiers.Hosting.Time);
        _work = new RunningWork(new TrainingWorker(key.Number, means), tiers.Stopping);
        _work.Start((worker, stop) => WorkAsync(key, worker, stop));
    }

    public async ValueTask LeaveAsync(CancellationToken cancellationToken)
    {
        await (_work?.StopAsync(cancellationToken) ?? Task.CompletedTask);
        DeactivateOnIdle();
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) =>
        _work?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    private async Task WorkAsync(WorkerKey key, TrainingWorker worker, CancellationToken stop)
    {
        try
        {
            await worker.RunAsync(stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Whoever holds the run leases the shard again.
        }
        catch (LeaseLostException error)
        {
            LogLeaseLost(key, error.Place);
        }
        catch (Exception error)
        {
            LogFailed(key, error);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Worker {Worker} stops: {Lease} is lost.")]
    private partial void LogLeaseLost(WorkerKey worker, string lease);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Worker {Worker} is given up after a silence as long as a lease, and begins again.")]
    private partial void LogGivenUp(WorkerKey worker);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Worker {Worker} stops; it begins again where its shard is durable.")]
    private partial void LogFailed(WorkerKey worker, Exception error);
}
