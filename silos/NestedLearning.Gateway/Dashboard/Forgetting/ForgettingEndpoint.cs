using NestedLearning.Gateway.Dashboard.Parts;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Gateway.Dashboard.Forgetting;

/// <summary>The page of what is kept and forgotten.</summary>
internal static class ForgettingEndpoint
{
    public static async Task ShowAsync(PageCall call)
    {
        ModelId model = call.Api.Model;
        ModelSettings settings = await call.Cluster.GetModelAsync(model, call.Stop);
        ForgettingView view = new(call.Recorder.Look(model), await RunAsync(call, model), Measure.Of(settings.Spec))
        {
            HasRuns = call.Runs is not null,
            OfProbes = ForgettingMap.Of(await EvaluationsAsync(call, model)),
            WhyNoMap = WhyNoMap(settings),
        };
        await call.AnswerAsync<ForgettingPage>(call.Frame("Forgetting", model, PageTab.Forgetting), view);
    }

    private static string? WhyNoMap(ModelSettings settings) => settings switch
    {
        { Spec: SequenceSpec } => "A sequence model keeps no held-out events to ask about; what its tenants’ texts cost over the stream shows below what it forgets",
        { Policy.Gate: null } => "This model has no gate, whose held-out events evaluations ask about: a model that is made with one, as by nl feed --gate, has this map",
        _ => null,
    };

    private static async Task<IReadOnlyList<ScheduleRun>> EvaluationsAsync(PageCall call, ModelId model)
    {
        List<ScheduleRun> runs = [];
        foreach (ScheduleStatus schedule in call.Schedules is { } schedules ? await schedules.ListAsync(model, call.Stop) : [])
        {
            if (schedule.Spec.Action == ScheduledAction.Evaluate)
            {
                runs.AddRange(await call.Schedules!.GetRunsAsync(new ScheduleAddress(model, schedule.Spec.Id), call.Stop));
            }
        }

        return runs;
    }

    private static async Task<RunProgress?> RunAsync(PageCall call, ModelId model)
    {
        try
        {
            return call.Runs is { } runs ? await runs.GetRunAsync(model, call.Stop) : null;
        }
        catch (UnknownRunException)
        {
            return null; // None was begun.
        }
    }
}
