using System.Text.Json;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Gateway;

/// <summary>What concerns the training run of a model, where the engine reads data by itself.</summary>
internal static class RunEndpoints
{
    /// <summary>Begins a run, or goes on with one; the answer does not wait for its end.</summary>
    public static async Task StartAsync(ApiCall call)
    {
        (ITrainingRuns runs, ModelId model) = (call.Runs, call.Model);
        ReadOnlyMemory<byte> json = await call.ReadJsonAsync();
        RunSpec spec = JsonSerializer.Deserialize(json.Span, ApiJson.Default.RunSpec)
            ?? throw new InvalidInputException("run", "is null", "the settings of a run");
        await AnswerAsync(call, await runs.StartRunAsync(model, spec, call.Stop));
    }

    public static async Task ProgressAsync(ApiCall call) =>
        await AnswerAsync(call, await call.Runs.GetRunAsync(call.Model, call.Stop));

    public static async Task StopAsync(ApiCall call) => await AnswerAsync(call, await call.Runs.StopRunAsync(call.Model, call.Stop));

    private static Task AnswerAsync(ApiCall call, RunProgress progress) => call.WriteAsync(progress, ApiJson.Default.RunProgress);
}
