using System.Diagnostics;
using NestedLearning.Cli.Commands;
using NestedLearning.Cli.Rendering;
using NestedLearning.Embedded;
using NestedLearning.Models;
using NestedLearning.Tensors;
using NestedLearning.Tiers;

namespace NestedLearning.Cli.Training.Sequences;

/// <summary>
/// Trains a sequence model by workers whose updates go through the consolidators of its levels. It can be cut off anywhere: the workers and
/// the levels are durable by themselves, and the same command feeds on from where they are.
/// </summary>
/// <remarks>
/// The versions after step s are there once step s + 1 is fed, or the last period ended: only then does a worker go on from them. So that is
/// when a step's loss on the held text is measured, and nothing newer is fed before the measurement is saved.
/// </remarks>
internal sealed class TierRun(CommandContext context, SequenceRunOptions options, SequenceTiers tiers, SequenceText text)
{
    /// <summary>What the model is called in its data directory.</summary>
    public static readonly ModelId Model = new("hope");

    private readonly SequenceSpec _spec = tiers.Spec(options.Model, options.Training);
    private readonly SequenceCurve _curve = new();
    private readonly Stopwatch _learning = new();

    /// <summary>The parameters in the newest versions, once it has ended.</summary>
    public TensorSet Parameters { get; private set; } = [];

    /// <exception cref="RunConflictException">The data directory holds another run.</exception>
    /// <exception cref="OperationCanceledException">It was stopped; where there is a data directory, everything so far is saved.</exception>
    public async Task<SequenceReport> ExecuteAsync(CancellationToken cancellationToken)
    {
        using LocalTierStore? local = options.DataDirectory is { } directory ? LocalTierStore.Open(directory) : null;
        ITierStore store = local ?? (ITierStore)new MemoryTierStore();
        SequenceCheckpoint checkpoint = new(store, options, text);
        await checkpoint.LoadAsync(_ => { }, _curve, cancellationToken);
        await using EmbeddedCluster cluster = new(store, new EmbeddedOptions { FoldThreads = options.Threads });
        await CreateModelAsync(cluster, cancellationToken);
        SequenceWorkers workers = new(cluster, Model, _spec, tiers.Workers, text.Learned);
        long before = await CheckStatesAsync(workers, cancellationToken);
        await new ProgressDisplay(context.Console, context.Time).RunAsync(
            "Learning", "steps", options.Training.Steps, sink => LearnAsync(workers, checkpoint, before, sink, cancellationToken));
        return await ReportAsync(workers, options.Training.Steps - before, cancellationToken);
    }

    /// <summary>Makes the model where the directory does not have it, with the parameters that the run begins with.</summary>
    private async Task CreateModelAsync(ILearningCluster cluster, CancellationToken cancellationToken)
    {
        if (options.Initial is not { } initial)
        {
            await cluster.CreateModelAsync(Model, _spec, tiers.Rounds, cancellationToken);
            return;
        }

        using SequenceModel model = new(new ManagedBackend(1), options.Model, options.Training.Seed);
        initial.Apply(model);
        InitialLevel[] levels = [.. _spec.Levels.Select((level, i) => new InitialLevel(level.Id, model.Parameters.Save(i)))];
        await cluster.ImportModelAsync(Model, _spec, tiers.Rounds, levels, cancellationToken);
    }

    /// <summary>Makes sure that no state is missing: no level holds more than the workers have learned.</summary>
    /// <returns>The steps that all workers have learned.</returns>
    private static async Task<long> CheckStatesAsync(SequenceWorkers workers, CancellationToken cancellationToken)
    {
        MemoryStatus[] memories = await workers.StatusAsync(cancellationToken);
        long learned = memories.Sum(memory => memory.Learned);
        return (await workers.LevelsAsync(cancellationToken)).All(level => level.Events <= learned)
            ? memories.Min(memory => memory.Learned)
            : throw new StoreException(
                StoreProblem.Damaged, Model.Value, "states of its run are missing or of different times; restore all of them from one backup");
    }

    private async Task<bool> LearnAsync(SequenceWorkers workers, SequenceCheckpoint checkpoint, long before, IProgressSink sink, CancellationToken cancellationToken)
    {
        if (before > 0)
        {
            sink.Resume(before);
        }

        // The last step that all know is fed again, in case it was cut off before the one before it was measured.
        long steps = options.Training.Steps;
        TierProgress progress = new(tiers.Workers, options.Training.Batch * options.Training.Length);
        for (long step = Math.Max(1, before); step <= steps; step++)
        {
            _learning.Start();
            await workers.LearnAsync(step, cancellationToken);
            _learning.Stop();
            MemoryStatus[] memories = await workers.StatusAsync(cancellationToken);
            await MeasureAsync(workers, checkpoint, step - 1, cancellationToken);
            if (IsMeasured(step) && _curve.Losses.Count == 0 && !_curve.HasPoint(step))
            {
                _curve.Add(_curve.MeanSince(step, memories.Sum(memory => memory.Loss) / tiers.Workers));
                await checkpoint.SaveAsync([], _curve, CancellationToken.None);
            }

            IReadOnlyList<LevelStatus> levels = await workers.LevelsAsync(cancellationToken);
            sink.Report(step, progress.Describe(step, memories, _learning.Elapsed, _curve), TierProgress.Parts(step, levels));
        }

        _learning.Start();
        await workers.EndAsync(cancellationToken);
        _learning.Stop();
        await MeasureAsync(workers, checkpoint, steps, cancellationToken);
        return true;
    }

    private bool IsMeasured(long step) => step == options.Training.Steps || (step > 0 && step % options.EvaluateEvery == 0);

    /// <summary>Measures what the versions after a step say of the held text, where that is due and has not been done.</summary>
    private async Task MeasureAsync(SequenceWorkers workers, SequenceCheckpoint checkpoint, long step, CancellationToken cancellationToken)
    {
        if (!IsMeasured(step) || _curve.HasPoint(step))
        {
            return;
        }

        using SequenceModel model = new(new ManagedBackend(options.Threads), options.Model);
        model.Parameters.Load(await workers.ParametersAsync(cancellationToken));
        _curve.Measure(step, TextEvaluation.InWindows(model, text.Tokenizer, text.Held, options.Training.Length).Loss);
        await checkpoint.SaveAsync([], _curve, CancellationToken.None);
    }

    private async Task<SequenceReport> ReportAsync(SequenceWorkers workers, long learned, CancellationToken cancellationToken)
    {
        using SequenceModel model = new(new ManagedBackend(), options.Model);
        Parameters = await workers.ParametersAsync(cancellationToken);
        IReadOnlyList<LevelStatus> statuses = await workers.LevelsAsync(cancellationToken);
        SequenceLevel[] levels = [.. statuses.Select((status, i) => new SequenceLevel(
            status.Level.Value, model.Periods[i], model.Parameters[i].ElementCount, status.Version, status.Traffic.BytesUp, status.Traffic.BytesDown))];
        return SequenceReport.Of(options, text, levels, _curve.Points) with
        {
            TokensPerSecond = learned == 0 ? null : learned * options.Training.Batch * options.Training.Length / _learning.Elapsed.TotalSeconds,
            Backend = model.Backend.Name,
        };
    }
}
