using NestedLearning.Cli.Commands;
using NestedLearning.Cli.Rendering;
using NestedLearning.Models;
using NestedLearning.Tensors;

namespace NestedLearning.Cli.Evaluating;

/// <summary>Lets each model learn texts one after the other, in each way.</summary>
internal sealed class LanguagesStudy(CommandContext context, StudyOptions options, double sharedRate)
{
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public async Task<LanguagesReport> ExecuteAsync(IReadOnlyList<ContinualText> texts, IReadOnlyList<(string Name, ContinualWay Way)> ways, CancellationToken cancellationToken)
    {
        List<LanguagesResult> results = [];
        foreach (StudyModel model in options.Models)
        {
            foreach ((string name, ContinualWay way) in ways.Where(way => HasSlowLevels(model) || way.Way is not (ContinualWay.Tenants or ContinualWay.FoundTenants)))
            {
                LossMatrix losses = await new ProgressDisplay(context.Console, context.Time).RunAsync(
                    $"{model.Name}, {name}",
                    "steps",
                    texts.Count * options.Training.Steps,
                    sink => Task.Run(() => Run(model, way, texts, sink, cancellationToken), CancellationToken.None));
                results.Add(new LanguagesResult(model.Name, name, losses.Losses, losses.AverageWhenLearned, losses.FinalAverage, losses.AverageForgetting));
            }
        }

        return new LanguagesReport([.. texts.Select(text => text.Name)], options.Training, results);
    }

    /// <summary>Where all parameters change at every step, tenants would share nothing.</summary>
    private static bool HasSlowLevels(StudyModel model) => model.Settings.Periods.Any(period => period > 1);

    private LossMatrix Run(StudyModel model, ContinualWay way, IReadOnlyList<ContinualText> texts, IProgressSink sink, CancellationToken cancellationToken)
    {
        ContinualTexts run = new(new ManagedBackend(options.Threads), new ContinualSettings(model.Settings, options.Training) { SharedRate = sharedRate }, new ByteTokenizer(), texts);
        return run.Run(way, (step, loss) =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            sink.Report(step, FormattableString.Invariant($"loss {loss:F3}"));
        });
    }
}
