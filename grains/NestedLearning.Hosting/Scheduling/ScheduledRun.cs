using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Hosting;

/// <summary>Does what a schedule says.</summary>
internal static class ScheduledRun
{
    /// <summary>Does it once; whatever happens is an outcome.</summary>
    public static async Task<(RunOutcome Outcome, RunResult Result)> DoAsync(
        IScheduledActions actions, ModelId model, ScheduleState schedule, CancellationToken stop)
    {
        try
        {
            return (RunOutcome.Succeeded, await ActAsync(actions, model, schedule, stop));
        }
        catch (Exception) when (stop.IsCancellationRequested)
        {
            return (RunOutcome.Interrupted, new RunResult("Whoever ran it stopped.", RunResult.NoFigures));
        }
        catch (Exception error)
        {
            return (RunOutcome.Failed, new RunResult(RunFailures.Describe(error), RunResult.NoFigures));
        }
    }

    private static async ValueTask<RunResult> ActAsync(
        IScheduledActions actions, ModelId model, ScheduleState schedule, CancellationToken stop)
    {
        ScheduleSpec spec = schedule.Spec;
        return spec.Action switch
        {
            ScheduledAction.Consolidate => (await actions.ConsolidateAsync(model, spec.Level, stop)).ToResult(),
            ScheduledAction.Snapshot => (await actions.SnapshotAsync(model, spec, stop)).ToResult(),
            ScheduledAction.Evaluate => (await actions.EvaluateAsync(model, stop)).ToResult(schedule.Tallies),
            _ => (await actions.ExpireAsync(model, spec.IdleFor!.Value, stop)).ToResult(),
        };
    }
}
