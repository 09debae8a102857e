using NestedLearning.Gateway.Metrics;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Gateway;

/// <summary>What concerns one tenant, but for its stream of events.</summary>
internal static class TenantEndpoints
{
    public static async Task ListAsync(ApiCall call)
    {
        TenantQuery query = new()
        {
            Prefix = call.Context.Request.Query["prefix"] is [{ } prefix] ? prefix : "",
            After = call.Context.Request.Query["after"] is [{ } after] ? new TenantId(after) : null,
        };
        if (call.WholeNumber("count") is > 0 and long count)
        {
            query = query with { Count = (int)Math.Min(count, int.MaxValue) };
        }

        IReadOnlyList<TenantId> tenants = await call.Cluster.GetTenantsAsync(call.Model, query, call.Stop);
        await call.WriteAsync([.. tenants.Select(tenant => tenant.Value)], ApiJson.Default.IReadOnlyListString);
    }

    public static async Task StatusAsync(ApiCall call)
    {
        MemoryStatus status = await call.Cluster.GetMemoryAsync(call.Memory, call.Stop);
        await call.WriteAsync(MemoryDocument.From(status), ApiJson.Default.MemoryDocument);
    }

    /// <summary>Takes the tenant out of the model; the answer comes once nothing of it is stored.</summary>
    public static async Task ForgetAsync(ApiCall call)
    {
        MemoryAddress memory = call.Memory;
        ForgetReport report = await call.Cluster.ForgetAsync(memory.Model, memory.Tenant, call.Stop);
        call.Recorder.Forget(memory);
        await call.WriteAsync(ForgetDocument.From(report), ApiJson.Default.ForgetDocument);
    }

    /// <summary>Ends the memory's period; the answer comes once what it learned is durable.</summary>
    public static async Task FlushAsync(ApiCall call)
    {
        Receipt marks = await call.Cluster.FlushAsync(call.Memory, call.Source, call.Ticket, call.Stop);
        await call.WriteAsync(ReceiptDocument.From(new FeedReceipt(marks, 0, 0)), ApiJson.Default.ReceiptDocument);
    }

    public static async Task PredictAsync(ApiCall call)
    {
        MemoryAddress memory = call.Memory;
        ReadOnlyMemory<byte> json = await call.ReadJsonAsync();
        IReadOnlyList<ModelInput> inputs = InputListReader.Read(json.Span, call.Options.MaxInputs, call.Limits);
        IReadOnlyList<Prediction> predictions = await call.Cluster.PredictAsync(memory, inputs, call.Stop);
        GatewayMetrics.Questions.Add(inputs.Count);
        PredictionsDocument document = new([.. predictions.Select(PredictionDocument.From)]);
        await call.WriteAsync(document, ApiJson.Default.PredictionsDocument);
    }
}
