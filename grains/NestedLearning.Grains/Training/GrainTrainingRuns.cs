using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Grains;

/// <summary>The training runs of an Orleans cluster, from within a silo or from a client of Orleans.</summary>
public sealed class GrainTrainingRuns(IGrainFactory grains, TierCalls calls) : ITrainingRuns
{
    /// <inheritdoc/>
    public ValueTask<RunProgress> StartRunAsync(ModelId model, RunSpec spec, CancellationToken cancellationToken)
    {
        Payload json = Payload.FromJson(spec, ApiJson.Default.RunSpec);
        return AskAsync(stop => grains.GetGrain<ITrainingRunGrain>(model.Value).StartAsync(json, stop), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<RunProgress> GetRunAsync(ModelId model, CancellationToken cancellationToken) =>
        AskAsync(grains.GetGrain<ITrainingRunGrain>(model.Value).GetProgressAsync, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<RunProgress> StopRunAsync(ModelId model, CancellationToken cancellationToken) =>
        AskAsync(grains.GetGrain<ITrainingRunGrain>(model.Value).StopAsync, cancellationToken);

    private async ValueTask<RunProgress> AskAsync(Func<CancellationToken, ValueTask<Payload>> call, CancellationToken cancellationToken)
    {
        try
        {
            Payload progress = await calls.AskAsync(call, cancellationToken);
            return progress.ToDocument(ApiJson.Default.RunProgress);
        }
        catch (Exception error) when (error is not (NestedLearningException or OperationCanceledException) && TierCalls.MayPass(error))
        {
            throw new ClusterFailedException($"The cluster cannot be reached: {error.Message}", error);
        }
    }
}
