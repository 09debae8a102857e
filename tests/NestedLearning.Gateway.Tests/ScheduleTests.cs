using System.Net;
using System.Text.Json.Nodes;
using NestedLearning.Embedded;

namespace NestedLearning.Gateway.Tests;

/// <summary>The routes of schedules.</summary>
public sealed class ScheduleTests : IAsyncLifetime
{
    private const string Schedules = TestGateway.Model + "/schedules";
    private const string Yearly = Schedules + "/yearly";
    private const string Body = """{"action":"consolidate","cron":"0 0 1 1 *"}""";

    private TestGateway _gateway = null!;

    public async Task InitializeAsync() => _gateway = await TestGateway.WithModelAsync();

    public async Task DisposeAsync() => await _gateway.DisposeAsync();

    [Fact]
    public async Task PutSchedule_ThenList_HasItsSettingsAndItsNextTime()
    {
        Assert.Equal(HttpStatusCode.NoContent, (await _gateway.SendAsync("PUT", Yearly, Body)).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await _gateway.SendAsync("PUT", Yearly, Body)).StatusCode);

        JsonNode schedule = Assert.Single((await TestGateway.JsonAsync(await _gateway.SendAsync("GET", Schedules))).AsArray())!;

        Assert.Equal("yearly", schedule["schedule"]!.GetValue<string>());
        Assert.Equal(("Consolidate", "0 0 1 1 *", "UTC"), (Text(schedule["spec"]!, "action"), Text(schedule["spec"]!, "cron"), Text(schedule["spec"]!, "timeZone")));
        Assert.EndsWith("-01-01T00:00:00+00:00", Text(schedule, "next"), StringComparison.Ordinal);
        Assert.Null(schedule["last"]);
    }

    [Fact]
    public async Task PostRun_ThenRuns_IsInTheRecords()
    {
        await _gateway.SendAsync("PUT", Yearly, Body);
        await _gateway.FeedAsync(TestGateway.Lines(1, 10));

        JsonNode run = await TestGateway.JsonAsync(await _gateway.SendAsync("POST", Yearly + "/run?ticket=77"));
        JsonNode again = await TestGateway.JsonAsync(await _gateway.SendAsync("POST", Yearly + "/run?ticket=77"));

        Assert.Equal(("Succeeded", "Request", "1 memory, version 0 -> 1, 10 events"), (Text(run, "outcome"), Text(run, "cause"), Text(run, "detail")));
        Assert.Equal(10, run["figures"]!["slow/events"]!.GetValue<double>());
        Assert.Equal(1, again["number"]!.GetValue<int>());
        JsonNode kept = Assert.Single((await TestGateway.JsonAsync(await _gateway.SendAsync("GET", Yearly + "/runs"))).AsArray())!;
        Assert.Equal(run.ToJsonString(), kept.ToJsonString());
    }

    [Fact]
    public async Task DeleteSchedule_ThatIsThere_IsGone()
    {
        await _gateway.SendAsync("PUT", Yearly, Body);

        Assert.Equal(HttpStatusCode.NoContent, (await _gateway.SendAsync("DELETE", Yearly)).StatusCode);

        await ProblemAssert.IsAsync(404, "unknown-schedule", await _gateway.SendAsync("DELETE", Yearly));
        Assert.Empty((await TestGateway.JsonAsync(await _gateway.SendAsync("GET", Schedules))).AsArray());
    }

    [Theory]
    [InlineData("""{"action":"consolidate","cron":"61 * * * *"}""", 400, "invalid-schedule")]
    [InlineData("""{"action":"consolidate","cron":"0 0 31 2 *"}""", 400, "invalid-schedule")]
    [InlineData("""{"action":"expire","cron":"0 * * * *"}""", 400, "invalid-schedule")]
    [InlineData("""{"action":"expire","cron":"0 * * * *","idleFor":"an hour"}""", 400, "invalid-json")]
    [InlineData("""{"action":"destroy","cron":"0 * * * *"}""", 400, "invalid-json")]
    [InlineData("""{"action":"consolidate","corn":"0 * * * *"}""", 400, "invalid-json")]
    [InlineData("""{"action":"consolidate","cron":"0 * * * *","level":"deep"}""", 404, "unknown-level")]
    [InlineData("""{"action":"consolidate","cron":"0 * * * *","level":"Slow"}""", 400, "invalid-id")]
    [InlineData("""{"cron":"0 * * * *"}""", 400, "invalid-input")]
    [InlineData("null", 400, "invalid-input")]
    [InlineData("", 400, "invalid-json")]
    public async Task PutSchedule_NotASchedule_IsRefused(string body, int status, string type) =>
        await ProblemAssert.IsAsync(status, type, await _gateway.SendAsync("PUT", Yearly, body));

    [Fact]
    public async Task PutSchedule_SeveralSettingsNotAccepted_ListsAll()
    {
        HttpResponseMessage response = await _gateway.SendAsync(
            "PUT", Yearly, """{"action":"expire","cron":"x","timeZone":"Mars/Base","keep":0}""");

        Assert.Equal(4, (await TestGateway.JsonAsync(response))["violations"]!.AsArray().Count);
    }

    [Theory]
    [InlineData("GET", "/api/v1/models/none/schedules", 404, "unknown-model")]
    [InlineData("GET", Yearly + "/runs", 404, "unknown-schedule")]
    [InlineData("POST", Yearly + "/run", 404, "unknown-schedule")]
    [InlineData("POST", Yearly + "/run?ticket=x", 400, "about:blank")]
    [InlineData("DELETE", Schedules + "/A", 400, "invalid-id")]
    [InlineData("GET", Yearly, 404, "about:blank")]
    public async Task AnyRoute_WrongNames_AreRefused(string method, string path, int status, string type) =>
        await ProblemAssert.IsAsync(status, type, await _gateway.SendAsync(method, path));

    [Fact]
    public async Task AnyRoute_AnEngineWithoutSchedules_IsNotThere()
    {
        await using EmbeddedCluster cluster = new(new MemoryTierStore(), new EmbeddedOptions());
        await using GatewayServer server = await GatewayServer.StartAsync(cluster, null, new IPEndPoint(IPAddress.Loopback, 0), null, default);
        using HttpClient http = new() { BaseAddress = server.Url };

        await ProblemAssert.IsAsync(404, "about:blank", await http.GetAsync(Schedules));
    }

    private static string Text(JsonNode node, string name) => node[name]!.GetValue<string>();
}
