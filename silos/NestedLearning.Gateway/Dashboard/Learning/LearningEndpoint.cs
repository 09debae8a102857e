using NestedLearning.Gateway.Dashboard.Parts;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Gateway.Dashboard.Learning;

/// <summary>The page of learning curves.</summary>
internal static class LearningEndpoint
{
    private const int MaxVersions = 200;

    public static async Task ShowAsync(PageCall call)
    {
        ModelId model = call.Api.Model;
        Measure measure = await call.MeasureAsync(model);
        List<LevelGrowth> levels = [];
        foreach (LevelStatus level in await call.Cluster.GetLevelsAsync(model, call.Stop))
        {
            IReadOnlyList<VersionRecord> versions = await call.Cluster.GetVersionsAsync(model, level.Level, long.MaxValue, MaxVersions, call.Stop);
            if (versions.Count > 0)
            {
                levels.Add(new LevelGrowth(level.Level.Value, [.. versions.Reverse().Select(version => version.Entry)]));
            }
        }

        LearningView view = new(call.Recorder.Look(model), levels, await EvaluationsAsync(call, model, measure.Figure), measure);
        await call.AnswerAsync<LearningPage>(call.Frame("Learning", model, PageTab.Learning), view);
    }

    private static async Task<IReadOnlyList<Evaluations>> EvaluationsAsync(PageCall call, ModelId model, string figure)
    {
        if (call.Schedules is not { } schedules)
        {
            return [];
        }

        List<Evaluations> found = [];
        foreach (ScheduleStatus schedule in await schedules.ListAsync(model, call.Stop))
        {
            if (schedule.Spec.Action == ScheduledAction.Evaluate)
            {
                IReadOnlyList<ScheduleRun> runs = await schedules.GetRunsAsync(new ScheduleAddress(model, schedule.Spec.Id), call.Stop);
                ScheduleRun[] counted = [.. runs.Where(run => run.Figures.ContainsKey(figure)).Reverse()];
                if (counted.Length > 0)
                {
                    found.Add(new Evaluations(schedule.Spec.Id.Value, counted));
                }
            }
        }

        return found;
    }
}
