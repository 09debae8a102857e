using NestedLearning.Cli.Commands;
using NestedLearning.Cli.Rendering;
using NestedLearning.Models;
using NestedLearning.Tensors;

namespace NestedLearning.Cli.Evaluating;

/// <summary>Trains each model for each task, and scores it on streams that it has not seen.</summary>
internal sealed class TaskStudy(CommandContext context, StudyOptions options)
{
    /// <summary>The streams that are read at once in a test.</summary>
    private const int AtOnce = 16;

    private readonly ManagedBackend _backend = new(options.Threads);

    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public async Task<StudyReport> ExecuteAsync(IReadOnlyList<StudyTask> tasks, CancellationToken cancellationToken)
    {
        List<StudyResult> results = [];
        foreach (StudyTask task in tasks)
        {
            foreach (StudyModel model in options.Models)
            {
                results.AddRange(await new ProgressDisplay(context.Console, context.Time).RunAsync(
                    $"{task.Learned.Name}, {model.Name}",
                    "steps",
                    options.Training.Steps,
                    sink => Task.Run(() => Run(task, model, sink, cancellationToken), CancellationToken.None)));
            }
        }

        return new StudyReport(options.Training, results);
    }

    /// <summary>Scores a model on tasks that it need not have learned.</summary>
    public List<StudyResult> Score(string name, SequenceModel model, IEnumerable<ISequenceTask> tasks, double? loss, CancellationToken cancellationToken) =>
    [
        .. tasks.Select(task =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            int streams = Math.Min(AtOnce, options.Questions);
            TaskScore score = task.Score(task.ForTesting(streams, (int)options.Training.Seed).Take((options.Questions + streams - 1) / streams), model);
            return new StudyResult(task.Name, task.Length, name, score.Accuracy, score.Chance, score.Answers)
            {
                Parameters = model.Parameters.Sum(group => group.ElementCount),
                TrainingLoss = loss,
            };
        }),
    ];

    private List<StudyResult> Run(StudyTask task, StudyModel model, IProgressSink sink, CancellationToken cancellationToken)
    {
        const int recent = 50;
        SequenceTrainingSettings training = options.Training;
        using SequenceModel trained = new(_backend, model.Settings with { Vocabulary = task.Learned.Vocabulary }, training.Seed);
        using TaskTrainer trainer = new(trained, training, task.Learned.ForTraining(training.Batch, (int)training.Seed));
        Queue<double> losses = [];
        while (trainer.Steps < training.Steps)
        {
            cancellationToken.ThrowIfCancellationRequested();
            losses.Enqueue(trainer.Step());
            if (losses.Count > recent)
            {
                losses.Dequeue();
            }

            sink.Report(trainer.Steps, FormattableString.Invariant($"loss {losses.Average():F3}"));
        }

        return Score(model.Name, trained, task.Asked, losses.Average(), cancellationToken);
    }
}
