using NestedLearning.Models;
using NestedLearning.Tensors;
using NestedLearning.Tiers;

namespace NestedLearning.Cli.Training.Sequences;

/// <summary>
/// The workers of a sequence model on a cluster, step by step. Step s is event s of each worker: a step that is fed again changes nothing.
/// </summary>
internal sealed class SequenceWorkers(ILearningCluster cluster, ModelId model, SequenceSpec spec, int workers, ReadOnlyMemory<int> text)
{
    private static readonly SourceId Source = new("text");

    private readonly TenantId[] _workers = [.. Enumerable.Range(1, workers).Select(i => new TenantId($"worker-{i}"))];

    /// <summary>
    /// Lets every worker learn its part of a step's windows. Whatever ended its period with the step before is folded and adopted then.
    /// </summary>
    public async Task LearnAsync(long step, CancellationToken cancellationToken)
    {
        SequenceTrainingSettings training = spec.Training;
        TokenWindows windows = TokenWindows.Draw(text, training.Batch, training.Length, training.Seed, step - 1);
        int share = training.Batch / workers;
        await ForEachAsync(
            async (memory, i, stop) =>
            {
                EventBatch batch = new(Source, [new LearningEvent(step, windows.Input(i * share, share), "")]) { After = step - 1 };
                return await cluster.FeedAsync(memory, batch, stop);
            },
            cancellationToken);
    }

    /// <summary>Ends every level's last period, which may be a part of one. Again it changes nothing.</summary>
    public Task EndAsync(CancellationToken cancellationToken)
    {
        long steps = spec.Training.Steps;
        return ForEachAsync((memory, _, stop) => cluster.FlushAsync(memory, Source, new FlushTicket(steps) { After = steps }, stop), cancellationToken);
    }

    /// <summary>How the workers stand.</summary>
    public Task<MemoryStatus[]> StatusAsync(CancellationToken cancellationToken) =>
        ForEachAsync((memory, _, stop) => cluster.GetMemoryAsync(memory, stop), cancellationToken);

    /// <summary>How the levels stand, the fastest first.</summary>
    public ValueTask<IReadOnlyList<LevelStatus>> LevelsAsync(CancellationToken cancellationToken) => cluster.GetLevelsAsync(model, cancellationToken);

    /// <summary>The newest version of all parameters.</summary>
    public async Task<TensorSet> ParametersAsync(CancellationToken cancellationToken) =>
        (await SequenceVersions.ReadAsync(cluster, model, spec, cancellationToken)).Parameters;

    private Task<T[]> ForEachAsync<T>(Func<MemoryAddress, int, CancellationToken, ValueTask<T>> call, CancellationToken cancellationToken) =>
        SideBySide.RunAsync(_workers, (worker, i, stop) => new ValueTask<T>(Task.Run(async () => await call(new MemoryAddress(model, worker), i, stop), CancellationToken.None)), cancellationToken);
}
