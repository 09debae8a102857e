using System.Net;
using NestedLearning.Embedded;
using NestedLearning.Gateway.Dashboard;
using NestedLearning.Models;

namespace NestedLearning.Gateway.Tests.Dashboard;

/// <summary>What pages show of tenants.</summary>
public sealed class TenantPageTests : DashboardFixture
{
    private static readonly ModelId Model = new("small");

    [Fact]
    public async Task Tenants_Searched_ShowsThoseWhoseNamesBeginSo()
    {
        await FeedAsync("ann", 30);
        await FeedAsync("anna", 10);
        await FeedAsync("ben", 10);

        string text = await Visitor.ReadTextAsync(PagePaths.Tenants(Model) + "?q=ANN");

        Assert.Contains("2 tenants by name", text, StringComparison.Ordinal);
        Assert.Contains("anna 10", text, StringComparison.Ordinal);
        Assert.Contains("ann 30", text, StringComparison.Ordinal);
        Assert.DoesNotContain("ben", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TenantsAndModels_FromBeforeThisProcess_AreListed()
    {
        MemoryTierStore store = new();
        await using (TestGateway before = await TestGateway.WithModelAsync(store))
        {
            await before.FeedAsync(TestGateway.Lines(1, 50));
        }

        await using TestGateway after = await TestGateway.StartAsync(store);
        using DashboardVisitor visitor = new(after.Url);

        Assert.Contains("small Consolidated 25 events in shared levels Learned here 0", await visitor.ReadTextAsync(PagePaths.Root), StringComparison.Ordinal);
        Assert.Contains("ann 0 – 0 before the start", await visitor.ReadTextAsync(PagePaths.Tenants(Model)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tenants_MoreThanAPage_AreReachedOneAfterAnother()
    {
        for (int i = 0; i < 120; i++)
        {
            await FeedAsync($"tenant-{i:d3}", 1);
        }

        string first = await Visitor.ReadAsync(PagePaths.Tenants(Model));
        string second = await Visitor.ReadTextAsync(PagePaths.Tenants(Model) + "?q=tenant&after=tenant-099");

        Assert.Contains("after=tenant-099", first, StringComparison.Ordinal);
        Assert.Contains("20 tenants by name", second, StringComparison.Ordinal);
        Assert.Contains("tenant-119", second, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tenant_AfterAFeed_HasATimeline()
    {
        await FeedAsync("ann", 60);

        string text = await Visitor.ReadTextAsync(PagePaths.Tenant(Model, new TenantId("ann")));

        Assert.Contains("Learned 60 events since it exists", text, StringComparison.Ordinal);
        Assert.Contains("Learned 60 events from test", text, StringComparison.Ordinal);
        Assert.Contains("Folded 25 events went into version 2 of slow", text, StringComparison.Ordinal);
    }

    private async Task FeedAsync(string tenant, int events)
    {
        HttpResponseMessage response = await Gateway.FeedAsync(TestGateway.Lines(1, events), $"{TestGateway.Model}/tenants/{tenant}/events?source=test");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        await response.Content.ReadAsStringAsync();
    }
}
