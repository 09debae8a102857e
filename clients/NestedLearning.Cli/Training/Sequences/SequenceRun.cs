using System.Diagnostics;
using NestedLearning.Cli.Commands;
using NestedLearning.Cli.Rendering;
using NestedLearning.Embedded;
using NestedLearning.Models;
using NestedLearning.Tensors;

namespace NestedLearning.Cli.Training.Sequences;

/// <summary>Trains a sequence model on a text, shows how far it is, measures and saves now and then.</summary>
internal sealed class SequenceRun(CommandContext context, SequenceRunOptions options, SequenceText text)
{
    private readonly SequenceCurve _curve = new();

    /// <exception cref="RunConflictException">The data directory holds another run.</exception>
    /// <exception cref="OperationCanceledException">It was stopped; where there is a data directory, everything so far is saved.</exception>
    public async Task<SequenceReport> ExecuteAsync(CancellationToken cancellationToken)
    {
        ManagedBackend backend = new(options.Threads);
        using SequenceModel model = new(backend, options.Model, options.Training.Seed);
        options.Initial?.Apply(model);
        using SequenceTrainer trainer = new(model, options.Training, text.Learned);
        using LocalTierStore? store = options.DataDirectory is { } directory ? LocalTierStore.Open(directory) : null;
        SequenceCheckpoint? checkpoint = store is null ? null : new SequenceCheckpoint(store, options, text);
        if (checkpoint is not null)
        {
            await checkpoint.LoadAsync(trainer.Load, _curve, cancellationToken);
        }

        double? tokensPerSecond = await new ProgressDisplay(context.Console, context.Time).RunAsync(
            "Learning", "steps", options.Training.Steps, sink => Task.Run(() => LearnAsync(model, trainer, checkpoint, sink, cancellationToken), CancellationToken.None));
        return SequenceReport.Of(options, text, LevelsOf(model), _curve.Points) with
        {
            TokensPerSecond = tokensPerSecond,
            LongestGradient = _curve.LongestGradient > 0 ? _curve.LongestGradient : null,
            Backend = backend.Name,
        };
    }

    private async Task<double?> LearnAsync(
        SequenceModel model, SequenceTrainer trainer, SequenceCheckpoint? checkpoint, IProgressSink sink, CancellationToken cancellationToken)
    {
        if (trainer.Steps > 0)
        {
            sink.Resume(trainer.Steps);
        }

        long before = trainer.Steps;
        TimeSpan learning = TimeSpan.Zero;
        while (trainer.Steps < options.Training.Steps)
        {
            if (cancellationToken.IsCancellationRequested)
            {
                await SaveAsync(checkpoint, trainer);
                cancellationToken.ThrowIfCancellationRequested();
            }

            long start = Stopwatch.GetTimestamp();
            double loss = trainer.Step();
            learning += Stopwatch.GetElapsedTime(start);
            _curve.Add(loss, trainer.GradientNorm);
            bool isLast = trainer.Steps == options.Training.Steps;
            if (isLast || trainer.Steps % options.EvaluateEvery == 0)
            {
                _curve.Measure(trainer.Steps, TextEvaluation.InWindows(model, text.Tokenizer, text.Held, options.Training.Length).Loss);
            }

            if (isLast || trainer.Steps % options.SaveEvery == 0)
            {
                await SaveAsync(checkpoint, trainer);
            }

            string note = _curve.Points.Count == 0 ? "" : FormattableString.Invariant($", validation {_curve.Points[^1].ValidationLoss:F3}");
            sink.Report(trainer.Steps, FormattableString.Invariant($"loss {loss:F3}{note}"));
        }

        long tokens = (trainer.Steps - before) * options.Training.Batch * options.Training.Length;
        return tokens == 0 ? null : tokens / learning.TotalSeconds;
    }

    private async Task SaveAsync(SequenceCheckpoint? checkpoint, SequenceTrainer trainer)
    {
        if (checkpoint is not null)
        {
            await checkpoint.SaveAsync(trainer.Save(), _curve, CancellationToken.None);
        }
    }

    private SequenceLevel[] LevelsOf(SequenceModel model) =>
    [
        .. model.Parameters.Zip(model.Periods, (group, period) =>
            new SequenceLevel(group.Name, period, group.ElementCount, (options.Training.Steps + period - 1) / period, 0, 0)),
    ];
}
