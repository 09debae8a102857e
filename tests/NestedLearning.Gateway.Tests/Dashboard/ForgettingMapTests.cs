using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NestedLearning.Gateway.Dashboard;
using NestedLearning.Gateway.Dashboard.Forgetting;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Gateway.Tests.Dashboard;

/// <summary>The map of what is still known, from evaluations by schedules.</summary>
public sealed partial class ForgettingMapTests
{
    private const string Path = "/api/v1/models/gated";

    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly ModelId Model = new("gated");

    [Fact]
    public void Of_Evaluations_HasARowForEachSourceAndAColumnForEachRun()
    {
        ScheduleRun[] runs = [Run(3, ("ben", 10, 9), ("ann", 8, 4)), Run(1, ("ann", 8, 6)), Run(2)];

        ForgettingMap map = ForgettingMap.Of(runs)!;

        Assert.Equal(["ann", "ben"], map.Rows.Select(row => row.Name));
        Assert.Equal([0.75, 0.5], map.Rows[0].Cells);
        Assert.Equal([null, 0.9], map.Rows[1].Cells);
        Assert.Equal((0.25, 0.0), (map.Rows[0].Forgotten, map.Rows[1].Forgotten));
        Assert.Equal((0.7, 0.25), (map.FinalAccuracy!.Value, map.AverageForgetting!.Value));
    }

    [Fact]
    public void Of_ASourceThatIsGone_HasNothingForgottenNow()
    {
        ForgettingMap map = ForgettingMap.Of([Run(1, ("ann", 8, 6), ("ben", 4, 4)), Run(2, ("ben", 4, 2))])!;

        Assert.Null(map.Rows[0].Forgotten);
        Assert.Equal((0.5, 0.5), (map.FinalAccuracy, map.AverageForgetting));
    }

    [Fact]
    public void Of_ManyEvaluations_ShowsTheNewest()
    {
        ForgettingMap map = ForgettingMap.Of(Enumerable.Range(1, 100).Select(number => Run(number, ("ann", 100, number))))!;

        Assert.Equal(ForgettingMap.MaxColumns, map.Columns.Count);
        Assert.Equal(1.0, map.Rows[0].Now);
    }

    [Fact]
    public void Of_ATrainingRun_HasItsTasks()
    {
        RunProgress run = new(1, RunStage.Running, 2, 0)
        {
            Tasks = [new RunTask("greetings", 100, 5), new RunTask("travel", 200, 5), new RunTask("money", 300, 5)],
            Measured = [[5], [4, 3]],
        };

        ForgettingMap map = ForgettingMap.Of(run)!;

        Assert.Equal(["greetings", "travel"], map.Rows.Select(row => row.Name));
        Assert.Equal([1.0, 0.8], map.Rows[0].Cells);
        Assert.Equal([null, 0.6], map.Rows[1].Cells);
        Assert.Equal((0.7, 0.2), (Math.Round(map.FinalAccuracy!.Value, 9), Math.Round(map.AverageForgetting!.Value, 9)));
        Assert.Null(ForgettingMap.Of(run with { Measured = [] }));
    }

    [Fact]
    public void Of_EvaluationsWithoutProbes_IsNone() => Assert.Null(ForgettingMap.Of([Run(1), Run(2)]));

    [Fact]
    public async Task Forgetting_EvaluationsOfAGatedModel_ShowsWhatEachTenantsProbesSay()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        using DashboardVisitor visitor = new(gateway.Url);
        await gateway.SendAsync("PUT", Path, """{"spec":{"$kind":"classifier","features":64,"period":25},"policy":{"gate":{"minAgreement":0,"maxRegression":1}}}""");
        await gateway.SendAsync("PUT", Path + "/schedules/check", """{"action":"evaluate","cron":"0 6 * * *"}""");
        Assert.Contains("No evaluation has asked what is still known", await visitor.ReadTextAsync(PagePaths.Forgetting(Model)), StringComparison.Ordinal);
        foreach (string tenant in new[] { "ann", "ben" })
        {
            await gateway.FeedAsync(TestGateway.Lines(1, 50).Replace("class", tenant, StringComparison.Ordinal), $"{Path}/tenants/{tenant}/events?source=test");
            await gateway.SendAsync("POST", $"{Path}/tenants/{tenant}/flush?source=test");
            Assert.Equal(HttpStatusCode.OK, (await gateway.SendAsync("POST", Path + "/schedules/check/run")).StatusCode);
        }

        string html = await visitor.ReadAsync(PagePaths.Forgetting(Model));
        string text = DashboardVisitor.TextOf(html);

        // Both give the same words other labels, so that one of two is right at most for the first tenant after the second.
        Assert.Matches(@"Known now \d+\.\d % Average forgetting \d+\.\d % best so far less now", text);
        Assert.Matches(@"Tenant 1 2 Forgot ann 100 \d+ \d+ ben \d+ \d+", text);
        Assert.Equal(3, Cells().Count(html));
        AssertNewestColumn(await (await gateway.SendAsync("GET", Path + "/schedules/check/runs")).Content.ReadAsStringAsync(), text);
    }

    [Fact]
    public async Task Forgetting_ASequenceModel_SaysWhyThereIsNoMap()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        using DashboardVisitor visitor = new(gateway.Url);
        await gateway.SendAsync("PUT", "/api/v1/models/hope", """{"spec":{"$kind":"sequence","model":{"width":8,"blocks":1,"heads":2,"hidden":6}}}""");

        Assert.Contains("A sequence model keeps no held-out events", await visitor.ReadTextAsync(PagePaths.Forgetting(new ModelId("hope"))), StringComparison.Ordinal);
    }

    /// <summary>The newest run's record and the newest column say the same.</summary>
    private static void AssertNewestColumn(string runs, string text)
    {
        JsonArray probes = JsonNode.Parse(runs)![0]!["probes"]!.AsArray();
        double ann = probes[0]!["right"]!.GetValue<double>() / probes[0]!["asked"]!.GetValue<double>();
        Assert.Contains(FormattableString.Invariant($"ann 100 {100 * ann:F0} {100 * (1 - ann):F0}"), text, StringComparison.Ordinal);
    }

    private static ScheduleRun Run(int number, params (string Source, int Asked, int Right)[] probes) =>
        new(number, RunCause.Time, Start.AddHours(number), Start.AddHours(number), "here")
        {
            Probes = probes.Length == 0 ? null : [.. probes.Select(probe => new ProbeScore(probe.Source, probe.Asked, probe.Right))],
        };

    [GeneratedRegex("<td class=\"heat-")]
    private static partial Regex Cells();
}
