using NestedLearning.Gateway.Dashboard;
using NestedLearning.Models;

namespace NestedLearning.Gateway.Tests.Dashboard;

/// <summary>What pages call not durable: events that no saved state of their memory has.</summary>
public sealed class DurabilityTests : DashboardFixture
{
    private static readonly ModelId Model = new("small");

    [Fact]
    public async Task Pages_EventsOfAnOpenPeriod_CountThem()
    {
        await Gateway.FeedAsync(TestGateway.Lines(1, 10));

        await AssertNotDurableAsync(10);
    }

    [Theory]
    [InlineData(TestGateway.Ann + "/flush?source=test")]
    [InlineData(TestGateway.Ann + "/flush?source=another")]
    [InlineData(TestGateway.Model + "/consolidate")]
    [InlineData(TestGateway.Model + "/schedules/yearly/run")]
    public async Task Pages_EventsMadeDurableByOtherMeansThanAFeed_CountThemNoMore(string path)
    {
        await Gateway.SendAsync("PUT", TestGateway.Model + "/schedules/yearly", """{"action":"consolidate","cron":"0 0 1 1 *"}""");
        await Gateway.FeedAsync(TestGateway.Lines(1, 10));

        Assert.True((await Gateway.SendAsync("POST", path)).IsSuccessStatusCode);

        await AssertNotDurableAsync(0);
    }

    [Fact]
    public async Task Pages_SequenceNumbersWithGaps_CountEvents()
    {
        await Gateway.FeedAsync(TestGateway.Line(1_000_000) + "\n" + TestGateway.Line(2_000_000));

        await AssertNotDurableAsync(2);
    }

    private async Task AssertNotDurableAsync(int events)
    {
        Assert.Contains($"Not durable yet {events} events", await Visitor.ReadTextAsync(PagePaths.Model(Model)), StringComparison.Ordinal);
        Assert.Contains($"Not durable yet {events} events", await Visitor.ReadTextAsync(PagePaths.Tenant(Model, new TenantId("ann"))), StringComparison.Ordinal);
        Assert.Matches($"<td class=\"number\" data-label=\"Not durable\">{events}</td>", await Visitor.ReadAsync(PagePaths.Tenants(Model)));
    }
}
