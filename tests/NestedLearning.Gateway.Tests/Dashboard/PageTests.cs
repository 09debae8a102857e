using System.Net;
using NestedLearning.Gateway.Dashboard;
using NestedLearning.Models;

namespace NestedLearning.Gateway.Tests.Dashboard;

/// <summary>What pages show of a real engine after real events.</summary>
public sealed class PageTests : DashboardFixture
{
    private static readonly ModelId Model = new("small");

    [Fact]
    public async Task Overview_AfterAFeed_ShowsTheTiers()
    {
        await FeedAsync("ann", 60);

        string text = await Visitor.ReadTextAsync(PagePaths.Model(Model));

        Assert.Contains("Consolidated 50 events in shared levels", text, StringComparison.Ordinal);
        Assert.Contains("slow shared level, open round 0 of 1 Version 2 Events 50", text, StringComparison.Ordinal);
        Assert.Contains("Learned here 60", text, StringComparison.Ordinal);
        Assert.Contains("Not durable yet 10", text, StringComparison.Ordinal);
        Assert.Contains("Tenants seen 1", text, StringComparison.Ordinal);
        Assert.Matches(@"\d+(\.\d+)? [KM]?i?B up", text);
    }

    [Fact]
    public async Task Overview_OpenRound_ShowsHowFullItIs()
    {
        await Gateway.SendAsync("PUT", "/api/v1/models/paired", """{"spec":{"$kind":"classifier","features":64,"period":25},"policy":{"minContributors":2}}""");
        await FeedAsync("ann", 30, "paired");

        string html = await Visitor.ReadAsync(PagePaths.Model(new ModelId("paired")));

        Assert.Contains("The open round has 1 of 2\u00A0sources", WebUtility.HtmlDecode(html), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Home_AfterAFeed_ListsTheModel()
    {
        await FeedAsync("ann", 30);

        Assert.Contains("small Consolidated 25 events in shared levels Learned here 30", await Visitor.ReadTextAsync(PagePaths.Root), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Learning_AfterAFeed_DrawsCurves()
    {
        await FeedAsync("ann", 60);
        await Gateway.SendAsync("PUT", TestGateway.Model + "/schedules/daily", """{"action":"evaluate","cron":"0 6 * * *"}""");
        await Gateway.SendAsync("POST", TestGateway.Model + "/schedules/daily/run");

        string html = await Visitor.ReadAsync(PagePaths.Learning(Model));

        Assert.Contains("60\u00A0events of all tenants", WebUtility.HtmlDecode(html), StringComparison.Ordinal);
        Assert.Contains("<path class=\"line tone-1\" d=\"M", html, StringComparison.Ordinal);
        Assert.Contains("<h3>daily</h3>", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Versions_AfterFolds_AreListedWithTheWayBack()
    {
        await FeedAsync("ann", 60);

        string html = await Visitor.ReadAsync(PagePaths.Versions(Model, ClassifierSpec.SlowLevel));

        Assert.Contains($"href=\"{PagePaths.Rollback(Model, ClassifierSpec.SlowLevel, 1)}\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain(PagePaths.Rollback(Model, ClassifierSpec.SlowLevel, 2), html, StringComparison.Ordinal);
        Assert.Contains("2 folded in use 50", DashboardVisitor.TextOf(html), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Versions_WithoutALevel_LeadsToTheSlowest() => Assert.Equal(
        PagePaths.Versions(Model, ClassifierSpec.SlowLevel),
        (await Visitor.GetAsync(PagePaths.Versions(Model))).Headers.Location!.ToString());

    [Fact]
    public async Task Schedules_AfterARun_HaveItsRecord()
    {
        await FeedAsync("ann", 10);
        await Gateway.SendAsync("PUT", TestGateway.Model + "/schedules/yearly", """{"action":"consolidate","cron":"0 0 1 1 *"}""");
        await Gateway.SendAsync("POST", TestGateway.Model + "/schedules/yearly/run");

        string text = await Visitor.ReadTextAsync(PagePaths.Schedules(Model));

        Assert.Contains("yearly consolidate 0 0 1 1 * UTC next in", text, StringComparison.Ordinal);
        Assert.Contains("1 succeeded 1 memory, version 0 -> 1, 10 events request", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "No tenant has been fed since the server started")]
    [InlineData("/learning", "No version was folded yet")]
    [InlineData("/forgetting", "This model has no gate")]
    [InlineData("/tenants", "No tenant has taught this model")]
    [InlineData("/tenants/ann", "Nothing has happened to this tenant")]
    [InlineData("/levels/slow/versions", "No version was folded yet")]
    [InlineData("/schedules", "This model has no schedule")]
    public async Task AnyPage_NothingThere_SaysSo(string page, string says)
    {
        string html = await Visitor.ReadAsync(PagePaths.Model(Model) + page);

        Assert.Contains(says, html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/models/none", 404)]
    [InlineData("/models/none/forgetting", 404)]
    [InlineData("/models/none/schedules", 404)]
    [InlineData("/models/none/tenants/ann", 404)]
    [InlineData("/models/SMALL", 400)]
    [InlineData("/models/small/levels/deep/versions", 404)]
    [InlineData("/models/small/levels/slow/versions?before=x", 400)]
    [InlineData("/open?model=..%2Fetc", 400)]
    public async Task AnyPage_NoSuchThing_IsAnErrorPage(string page, int status)
    {
        HttpResponseMessage response = await Visitor.GetAsync(PagePaths.Root + page);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Contains("All models", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private async Task FeedAsync(string tenant, int events, string model = "small")
    {
        HttpResponseMessage response = await Gateway.FeedAsync(TestGateway.Lines(1, events), $"/api/v1/models/{model}/tenants/{tenant}/events?source=test");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        await response.Content.ReadAsStringAsync();
    }
}
