using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Browser.Tests.Running;

/// <summary>A training run that the tests do by themselves, as its workers would report it.</summary>
internal sealed class MeasuredRuns : ITrainingRuns
{
    public RunProgress? Progress { get; set; }

    public ValueTask<RunProgress> StartRunAsync(ModelId model, RunSpec spec, CancellationToken cancellationToken) => GetRunAsync(model, cancellationToken);

    public ValueTask<RunProgress> GetRunAsync(ModelId model, CancellationToken cancellationToken) =>
        model == SampleRun.Model && Progress is { } progress ? ValueTask.FromResult(progress) : throw new UnknownRunException(model);

    public ValueTask<RunProgress> StopRunAsync(ModelId model, CancellationToken cancellationToken) => GetRunAsync(model, cancellationToken);
}
