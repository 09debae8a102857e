using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text.RegularExpressions;
using NestedLearning.Gateway.Access;
using NestedLearning.Gateway.Metrics;
using NestedLearning.Gateway.Tests.Access;

namespace NestedLearning.Gateway.Tests.Metrics;

/// <summary>The page of metrics.</summary>
public sealed partial class MetricsTests
{
    [Fact]
    public async Task Metrics_AfterAFeed_CountEventsAndRequestsInTheTextFormat()
    {
        await using TestGateway gateway = await TestGateway.WithModelAsync();
        await gateway.FeedAsync(TestGateway.Lines(1, 25));

        HttpResponseMessage response = await gateway.SendAsync("GET", "/metrics");
        string page = await response.Content.ReadAsStringAsync();

        Assert.Equal("text/plain", response.Content.Headers.ContentType!.MediaType);
        Assert.All(page.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.Matches(Line(), line));
        Assert.True(Value(page, "nl_events_learned_total") >= 25);
        Assert.Contains("http_server_request_duration_seconds_count{", page, StringComparison.Ordinal);
        Assert.DoesNotContain("ann", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metrics_OtherKeys_AreRefused()
    {
        await using KeyedGateway server = await KeyedGateway.StartAsync();
        string reader = server.Add("reader", [ApiScope.ModelAdmin]);
        string prometheus = server.Add("prometheus", [ApiScope.MetricsRead]);

        await ProblemAssert.IsAsync(401, "no-key", await server.Gateway.SendAsync("GET", "/metrics"));
        await ProblemAssert.IsAsync(403, "out-of-scope", await server.Gateway.SendAsync("GET", "/metrics", key: reader));
        Assert.True((await server.Gateway.SendAsync("GET", "/metrics", key: prometheus)).IsSuccessStatusCode);
    }

    [Fact]
    public void Text_EveryKindOfInstrument_IsWhatPrometheusReads()
    {
        using MetricsCollector collector = new();
        using Meter meter = new("NestedLearning.MetricsTests");
        meter.CreateObservableGauge("test.gauge", () => 2.5);
        Counter<int> counter = meter.CreateCounter<int>("test.count", "By");
        UpDownCounter<long> level = meter.CreateUpDownCounter<long>("test.level");
        Histogram<double> times = meter.CreateHistogram("test.time", "s", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [1, 2] });
        counter.Add(3, KeyValuePair.Create<string, object?>("a.b", "x\"\\\ny"));
        counter.Add(4, KeyValuePair.Create<string, object?>("a.b", "x\"\\\ny"));
        level.Add(5);
        level.Add(-3);
        foreach (double time in new[] { 0.5, 1, 1.5, 9 })
        {
            times.Record(time);
        }

        string page = MetricsPage.Text(collector);

        string[] lines = [.. page.Split('\n').Where(line => line.Contains("test_", StringComparison.Ordinal))];
        Assert.Equal(
        [
            "# TYPE test_count_bytes_total counter",
            """test_count_bytes_total{a_b="x\"\\\ny"} 7""",
            "# TYPE test_gauge gauge",
            "test_gauge 2.5",
            "# TYPE test_level gauge",
            "test_level 2",
            "# TYPE test_time_seconds histogram",
            """test_time_seconds_bucket{le="1"} 2""",
            """test_time_seconds_bucket{le="2"} 3""",
            """test_time_seconds_bucket{le="+Inf"} 4""",
            "test_time_seconds_sum 12",
            "test_time_seconds_count 4",
        ],
            lines);
    }

    private static double Value(string page, string name) => double.Parse(
        page.Split('\n').Single(line => line.StartsWith(name + " ", StringComparison.Ordinal)).Split(' ')[^1], CultureInfo.InvariantCulture);

    [GeneratedRegex("""^(# TYPE [a-zA-Z_]\w* (counter|gauge|histogram)|[a-zA-Z_]\w*(\{\w+="([^"\\]|\\.)*"(,\w+="([^"\\]|\\.)*")*\})? (-?\d[\d.E+-]*|NaN))$""")]
    private static partial Regex Line();
}
