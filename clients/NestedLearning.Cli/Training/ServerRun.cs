using System.Diagnostics;
using NestedLearning.Cli.Commands;
using NestedLearning.Cli.Rendering;
using NestedLearning.Client;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Cli.Training;

/// <summary>A run whose data the server's workers read by themselves: begun, or found under way, and watched to its end.</summary>
internal sealed class ServerRun(CommandContext context, ClassifierRunOptions options)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(0.5);

    /// <summary>Watches a run to its end.</summary>
    /// <returns>What came of it; events a second are those of the time that was watched, with all that was measured.</returns>
    /// <exception cref="RunsNotSupportedException">The server reads no data by itself.</exception>
    /// <exception cref="UnreachableDataException">Its workers cannot open the data.</exception>
    /// <exception cref="ServerRunException">It did not come to its end.</exception>
    public async Task<ClassifierReport> ExecuteAsync(RunSpec data, CancellationToken cancellationToken)
    {
        RunSpec spec = data with { Workers = options.Workers, Split = options.Split, Measure = true };
        await using HttpLearningCluster cluster = HttpLearningCluster.Connect(options.Server!, options.Connection);
        try
        {
            return await ExecuteAsync(cluster, spec, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            throw new ServerRunException("stopped watching; the server goes on with the run, and the same command watches it again.");
        }
    }

    private async Task<ClassifierReport> ExecuteAsync(HttpLearningCluster cluster, RunSpec spec, CancellationToken cancellationToken)
    {
        long start = Stopwatch.GetTimestamp();
        await cluster.CreateModelAsync(options.Model, options.Spec, InStep.Rounds(spec.Workers, options), cancellationToken);
        RunProgress run = await cluster.Runs.StartRunAsync(options.Model, spec, cancellationToken);
        run = await WatchAsync(cluster, run, progress => progress.Events is not null, _ => { }, cancellationToken);
        long before = run.Durable;
        run = await new ProgressDisplay(context.Console, context.Time).RunAsync(
            "Learning",
            "events",
            run.Events,
            sink => WatchAsync(cluster, run, _ => false, progress => Report(sink, progress), cancellationToken));
        if (run.Stage != RunStage.Done)
        {
            throw new ServerRunException(run.Problem ?? "the run was stopped on the server; the same command goes on with it.");
        }

        TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
        LevelStatus level = (await cluster.GetLevelsAsync(options.Model, cancellationToken))[0];
        MemoryStatus[] memories = await SideBySide.RunAsync(
            [.. Enumerable.Range(1, run.Shards).Select(shard => new MemoryAddress(options.Model, ShardGrant.MemoryOf(run.Run, shard)))],
            (memory, _, stop) => cluster.GetMemoryAsync(memory, stop),
            cancellationToken);
        return ToReport(run, level, memories, elapsed) with { EventsPerSecond = (run.Durable - before) / elapsed.TotalSeconds };
    }

    private ClassifierReport ToReport(RunProgress run, LevelStatus level, MemoryStatus[] memories, TimeSpan elapsed)
    {
        AccuracyMatrix accuracy = new([.. run.Tasks.Select(task => task.Tests * options.Workers)]);
        foreach (IReadOnlyList<int> column in run.Measured)
        {
            accuracy.Finish(column);
        }

        bool isMeasured = run.Tasks.Any(task => task.Tests > 0);
        return new ClassifierReport
        {
            Model = "nested-classifier",
            Events = run.Durable,
            Workers = options.Workers,
            Classes = run.Classes,
            Tasks = [.. run.Tasks.Select(task => task.Name)],
            AccuracyMatrix = accuracy.ToRows(),
            FinalAccuracy = isMeasured ? accuracy.FinalAccuracy : null,
            AverageForgetting = isMeasured ? accuracy.AverageForgetting : null,
            PrequentialAccuracy = (double)run.Correct / Math.Max(1, run.Learned),
            Baselines = new Dictionary<string, BaselineScore>(),
            BytesUp = level.Traffic.BytesUp,
            BytesDown = level.Traffic.BytesDown,
            BytesUpPerEvent = (double)level.Traffic.BytesUp / Math.Max(1, level.Events),
            Versions = new Dictionary<string, long> { [level.Level.Value] = level.Version },
            EventsPerSecond = 0,
            FastPathEventsPerSecond = memories.Sum(memory => memory.Learned) / memories.Sum(memory => memory.LearnTime.TotalSeconds),
            FoldSeconds = level.FoldTime.TotalSeconds,
            Seconds = elapsed.TotalSeconds,
        };
    }

    private static void Report(IProgressSink sink, RunProgress progress) => sink.Report(
        progress.Durable,
        progress.Learned == 0 ? null : $"{Figures.Percent((double)progress.Correct / progress.Learned)} % predicted correctly");

    /// <summary>Asks how the run stands until it has ended, or stands as it is waited for.</summary>
    private async Task<RunProgress> WatchAsync(
        HttpLearningCluster cluster, RunProgress run, Predicate<RunProgress> isEnough, Action<RunProgress> report, CancellationToken cancellationToken)
    {
        while (run.IsUnderWay && !isEnough(run))
        {
            await Task.Delay(Pause, context.Time, cancellationToken);
            run = await cluster.Runs.GetRunAsync(options.Model, cancellationToken);
            report(run);
        }

        return run;
    }
}
