using System.Net;
using NestedLearning.Client;
using NestedLearning.Gateway.Dashboard;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Silo.Tests.Processes;

/// <summary>The dashboard in front of silos, as a browser without scripts reads it.</summary>
public sealed class DashboardTests
{
    private const int Events = 200;

    private static readonly ModelId Model = Learner.Model;
    private static readonly ScheduleSpec Nightly = new(new ScheduleId("nightly"), ScheduledAction.Consolidate, "0 3 * * *");

    [Fact]
    public async Task EveryPage_TwoSilosThatLearn_ShowsWhatTheClusterHolds()
    {
        using SiloProcess first = await SiloProcess.ServeAsync();
        using SiloProcess second = await SiloProcess.ServeAsync(("Clustering:Primary", $"127.0.0.1:{first.SiloPort}"));
        await using HttpLearningCluster cluster = await Learner.ConnectAsync(first.Url);
        await Learner.FeedTenantsAsync(cluster, 1, Events);
        await cluster.Schedules.SetAsync(Model, Nightly, default);
        await cluster.Schedules.RunAsync(new ScheduleAddress(Model, Nightly.Id), RunTicket.Next(), default);
        LevelStatus level = Assert.Single(await cluster.GetLevelsAsync(Model, default));
        string total = $"{Learner.Tenants.Count * Events:N0}";

        foreach (SiloProcess silo in new[] { first, second })
        {
            await AssertShowsAsync(silo, PagePaths.Root, "small");
            await AssertShowsAsync(silo, PagePaths.Model(Model), "Consolidated", total, $"{level.Version}");
            await AssertShowsAsync(silo, PagePaths.Learning(Model), "Learning");
            await AssertShowsAsync(silo, PagePaths.Forgetting(Model), "Forgetting");
            await AssertShowsAsync(silo, PagePaths.Tenants(Model), [.. Learner.Tenants.Select(tenant => tenant.Tenant.Value)]);
            await AssertShowsAsync(silo, PagePaths.Tenant(Model, Learner.Tenants[3].Tenant), "tenant-4", $"{Events}");
            await AssertShowsAsync(silo, PagePaths.Versions(Model, ClassifierSpec.SlowLevel), "in use", total);
            await AssertShowsAsync(silo, PagePaths.Rollback(Model, ClassifierSpec.SlowLevel, level.Version - 1), "Into quarantine");
            await AssertShowsAsync(silo, PagePaths.Schedules(Model), "nightly", "succeeded");
        }
    }

    private static async Task AssertShowsAsync(SiloProcess silo, string path, params string[] texts)
    {
        using HttpClient browser = new();
        using HttpResponseMessage response = await browser.GetAsync(new Uri(silo.Url, path));
        string page = await response.Content.ReadAsStringAsync();

        Assert.True(response.StatusCode == HttpStatusCode.OK, $"{path}: {response.StatusCode}");
        Assert.All(texts, text => Assert.Contains(text, page, StringComparison.Ordinal));
    }
}
