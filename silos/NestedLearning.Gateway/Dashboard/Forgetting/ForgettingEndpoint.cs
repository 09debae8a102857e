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
        Measure measure = await call.MeasureAsync(model); // A model that is not there has no page.
        ForgettingView view = new(call.Recorder.Look(model), await RunAsync(call, model), measure) { HasRuns = call.Runs is not null };
        await call.AnswerAsync<ForgettingPage>(call.Frame("Forgetting", model, PageTab.Forgetting), view);
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
