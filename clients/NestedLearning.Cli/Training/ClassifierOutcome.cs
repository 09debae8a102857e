using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Cli.Training;

/// <summary>All that came out of one stream: the nested model's result beside its baselines'.</summary>
internal sealed record ClassifierOutcome(
    ClassifierRunOptions Options, RunStream Stream, ClassifierRunResult Result, IReadOnlyList<BaselineResult> Baselines, TimeSpan Elapsed)
{
    /// <summary>The outcome in the form that <c>--json</c> fixes.</summary>
    public ClassifierReport ToReport()
    {
        RunRecord record = Result.Record;
        long events = Result.Level.Events;
        double numerics = record.StepSeconds + record.FoldSeconds;
        return new ClassifierReport
        {
            Model = "nested-classifier",
            Events = events,
            Workers = Stream.Memories.Count,
            Classes = Stream.Classes,
            Tasks = [.. Stream.Tasks.Select(task => task.Name)],
            AccuracyMatrix = Result.Accuracy.ToRows(),
            FinalAccuracy = Result.Accuracy.FinalAccuracy,
            AverageForgetting = Result.Accuracy.AverageForgetting,
            PrequentialAccuracy = Result.PrequentialAccuracy,
            AccuracyBeforeLastFold = record.AccuracyBeforeLastFold,
            Baselines = Baselines.ToDictionary(
                baseline => baseline.Name, baseline => new BaselineScore(baseline.FinalAccuracy, baseline.AverageForgetting)),
            BytesUp = record.BytesUp,
            BytesDown = record.BytesDown,
            BytesUpPerEvent = (double)record.BytesUp / events,
            Versions = new Dictionary<string, long> { [Result.Level.Level.Value] = Result.Level.Version },
            EventsPerSecond = events / record.LearningSeconds,
            FastPathEventsPerSecond = events / record.StepSeconds,
            FoldSeconds = record.FoldSeconds,
            ShareOutsideNumerics = Stream.Memories.Count > 1 ? null : 1 - (numerics / record.LearningSeconds),
            Seconds = Elapsed.TotalSeconds,
        };
    }
}
