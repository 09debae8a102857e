using System.Diagnostics;

namespace NestedLearning.Gateway.Telemetry;

/// <summary>What the gateway traces, in one place. No tag names a tenant.</summary>
internal static class GatewayActivities
{
    private static readonly ActivitySource Source = new("NestedLearning.Gateway");

    /// <summary>A batch that a memory learns: a feed is one request, however long it lasts.</summary>
    public static Activity? StartBatch(string model, int events) => Source.StartActivity("feed batch")?.SetTag("nl.model", model).SetTag("nl.events", events);
}
