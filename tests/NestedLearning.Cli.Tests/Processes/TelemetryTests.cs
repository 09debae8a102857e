using NestedLearning.Client;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Cli.Tests.Processes;

/// <summary>Metrics and traces leave by OTLP, where the environment says so.</summary>
public sealed class TelemetryTests
{
    [Fact]
    public async Task Serve_WithAnEndpoint_ExportsMetricsAndTraces()
    {
        using OtlpReceiver receiver = new(ServerProcess.FreePort());
        using ServerProcess server = await ServerProcess.StartAsync("small", new Dictionary<string, string>
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = receiver.Url,
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["OTEL_METRIC_EXPORT_INTERVAL"] = "100",
            ["OTEL_BSP_SCHEDULE_DELAY"] = "100",
        });
        await using HttpLearningCluster client = server.Connect(new HttpClusterOptions());

        await client.FeedAsync(
            new MemoryAddress(new ModelId("small"), new TenantId("ann")), new SourceId("test"), [new LearningEvent(1, new TextInput("a"), "x")], default);

        await receiver.WaitForAsync("/v1/traces", "feed batch");
        await receiver.WaitForAsync("/v1/metrics", "nl.events.learned");
    }
}
