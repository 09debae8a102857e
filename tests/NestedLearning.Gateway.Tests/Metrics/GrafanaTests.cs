using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NestedLearning.Gateway.Tests.Feeding;

namespace NestedLearning.Gateway.Tests.Metrics;

/// <summary>The dashboard of deploy/grafana: whatever it asks for is on the page of metrics.</summary>
public sealed partial class GrafanaTests
{
    [Fact]
    public async Task Dashboard_EveryMetricItNames_IsOnThePage()
    {
        await using TestGateway gateway = await TestGateway.WithModelAsync();
        await gateway.FeedAsync(TestGateway.Lines(1, 5));
        await gateway.SendAsync("POST", TestGateway.Ann + "/predict", """{"inputs":[{"text":"a"}]}""");
        HttpRequestMessage foreign = new(HttpMethod.Get, TestGateway.Ann);
        foreign.Headers.Host = "evil.example";
        await gateway.Http.SendAsync(foreign);
        await using TestSocket socket = await TestSocket.OpenAsync(gateway);
        await socket.UntilAppliedAsync(0);

        string page = await gateway.Http.GetStringAsync("/metrics");

        HashSet<string> there = [.. page.Split('\n').Where(line => !line.StartsWith('#')).Select(line => line.Split('{', ' ')[0])];
        string[] named = [.. Expressions().SelectMany(expression => Metric().Matches(expression).Select(match => match.Value)).Distinct()];
        Assert.NotEmpty(named);
        Assert.Equal([], named.Except(there));
    }

    [GeneratedRegex(@"\b(nl|http|kestrel|dotnet)_[a-z_]+\b")]
    private static partial Regex Metric();

    private static IEnumerable<string> Expressions()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "NestedLearning.Embedded.slnf")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        JsonNode dashboard = JsonNode.Parse(File.ReadAllText(Path.Combine(folder!, "deploy/grafana/nested-learning.json")))!;
        return dashboard["panels"]!.AsArray().SelectMany(panel => panel!["targets"]!.AsArray()).Select(target => target!["expr"]!.GetValue<string>());
    }
}
