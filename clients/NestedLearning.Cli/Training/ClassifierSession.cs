using System.Diagnostics;
using NestedLearning.Cli.Commands;
using NestedLearning.Cli.Rendering;
using NestedLearning.Client;
using NestedLearning.Embedded;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Cli.Training;

/// <summary>
/// One stream learned by the nested model, in this process or on a server, and by the baselines, with progress on the console.
/// </summary>
internal sealed class ClassifierSession(
    CommandContext context, ClassifierRunOptions options, IReadOnlyList<string> baselines, int seed, string? dataDirectory)
{
    private readonly ProgressDisplay _progress = new(context.Console, context.Time);

    public async Task<ClassifierOutcome> ExecuteAsync(TaskStream tasks, CancellationToken cancellationToken)
    {
        long start = Stopwatch.GetTimestamp();
        KeyedTaskStream keys = KeyedTaskStream.Create(tasks, new TextFeaturizer(options.Spec.Features), cancellationToken);
        RunStream stream = new(tasks, options);
        ClassifierRunResult result = await LearnAsync(stream, keys, cancellationToken);
        List<BaselineResult> peers = [];
        foreach (string name in baselines)
        {
            peers.Add(await _progress.RunAsync(
                $"Baseline {name}",
                "events",
                stream.Plan.Events,
                sink => Task.Run(
                    () => BaselineCatalog.Run(name, keys, seed, progress => sink.Report(progress.Events), cancellationToken), cancellationToken)));
        }

        return new ClassifierOutcome(options, stream, result, peers, Stopwatch.GetElapsedTime(start));
    }

    private async Task<ClassifierRunResult> LearnAsync(RunStream stream, KeyedTaskStream keys, CancellationToken cancellationToken)
    {
        using LocalTierStore? local = dataDirectory is null ? null : LocalTierStore.Open(dataDirectory);
        ITierStore store = local ?? (ITierStore)new MemoryTierStore();
        await using ILearningCluster cluster = options.Server is { } server
            ? HttpLearningCluster.Connect(server, options.Connection)
            : new EmbeddedCluster(store, new EmbeddedOptions { FoldThreads = options.FoldThreads });
        return await _progress.RunAsync(
            "Learning",
            "events",
            stream.Plan.Events,
            sink => ClassifierRun.ExecuteAsync(cluster, store, stream, keys, options, sink, cancellationToken));
    }
}
