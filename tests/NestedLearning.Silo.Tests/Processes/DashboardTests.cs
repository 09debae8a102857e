using System.Net;
using Microsoft.Playwright;
using NestedLearning.Browser.Tests;
using NestedLearning.Gateway.Dashboard;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Silo.Tests.Processes;

/// <summary>The dashboard in front of silos.</summary>
public sealed class DashboardTests(LearningSilos cluster) : IClassFixture<LearningSilos>
{
    private static readonly ModelId Model = Learner.Model;
    private static readonly TenantId Tenant = Learner.Tenants[3].Tenant;

    /// <summary>Every page, and what only a cluster that has learned shows there.</summary>
    private (string Path, string[] Shows)[] Pages
    {
        get
        {
            string total = $"{Learner.Tenants.Count * LearningSilos.Events:N0}";
            return
            [
                (PagePaths.Root, ["small", "Consolidated", total]),
                (PagePaths.Model(Model), ["Consolidated", total, $"{cluster.Level.Version}"]),
                (PagePaths.Learning(Model), ["Events in the shared levels", "hourly"]),
                (PagePaths.Forgetting(Model), ["This model has no gate"]),
                (PagePaths.Tenants(Model), [.. Learner.Tenants.Select(tenant => tenant.Tenant.Value)]),
                (PagePaths.Tenant(Model, Tenant), ["tenant-4", $"{LearningSilos.Events}", "Export"]),
                (PagePaths.Remove(Model, Tenant), ["Delete the tenant"]),
                (PagePaths.Delete(Model), ["Delete the model", total]),
                (PagePaths.Versions(Model, ClassifierSpec.SlowLevel), ["in use", total]),
                (PagePaths.Rollback(Model, ClassifierSpec.SlowLevel, cluster.Level.Version - 1), ["Into quarantine"]),
                (PagePaths.Schedules(Model), ["nightly", "succeeded", "predicted correctly"]),
            ];
        }
    }

    [Fact]
    public async Task EveryPage_TwoSilosThatLearn_ShowsWhatTheClusterHolds()
    {
        using HttpClient browser = new();
        foreach (SiloProcess silo in cluster.Silos)
        {
            foreach ((string path, string[] shows) in Pages)
            {
                using HttpResponseMessage response = await browser.GetAsync(new Uri(silo.Url, path));
                string page = await response.Content.ReadAsStringAsync();

                Assert.True(response.StatusCode == HttpStatusCode.OK, $"{path}: {response.StatusCode}");
                Assert.All(shows, text => Assert.Contains(text, page, StringComparison.Ordinal));
            }
        }
    }

    [BrowserFact]
    public async Task EveryPage_InABrowser_ShowsWhatTheClusterHoldsAndHasNoProblem()
    {
        using IPlaywright playwright = await Playwright.CreateAsync();
        await using IBrowser browser = await LaunchAsync(playwright);
        foreach ((SiloProcess silo, int width) in cluster.Silos.Zip([1280, 360]))
        {
            await using Visit visit = await Visit.BeginAsync(await browser.NewContextAsync(new BrowserNewContextOptions
            {
                BaseURL = silo.Url.ToString(),
                ViewportSize = new ViewportSize { Width = width, Height = 800 },
            }));
            foreach ((string path, string[] shows) in Pages)
            {
                await visit.Page.GotoAsync(path);
                string text = await visit.Page.Locator("main").InnerTextAsync();
                Assert.All(shows, one => Assert.Contains(one, text, StringComparison.Ordinal));
                Assert.False(await visit.ScrollsSidewaysAsync(), $"{path} is wider than {width} px");
            }

            Assert.Empty(visit.Problems);
        }
    }

    [BrowserFact]
    public async Task Tenant_FedThroughTheOtherSilo_CountsWithoutAReload()
    {
        MemoryAddress fed = new(Model, new TenantId("browsed"));
        LearningEvent[] events = [.. Enumerable.Range(1, 40).Select(i => new LearningEvent(i, new TextInput($"word{i % 4}"), $"class {i % 4}"))];
        await cluster.Cluster.FeedAsync(fed, new SourceId("desk"), events[..30], default);
        using IPlaywright playwright = await Playwright.CreateAsync();
        await using IBrowser browser = await LaunchAsync(playwright);
        await using Visit visit = await Visit.BeginAsync(await browser.NewContextAsync());
        await visit.Page.GotoAsync(new Uri(cluster.Silos[1].Url, PagePaths.Tenant(Model, fed.Tenant)).ToString());
        ILocator learned = visit.Page.Locator("#memory .stat").First.Locator(".figure");
        await Assertions.Expect(learned).ToHaveTextAsync("30");

        await cluster.Cluster.FeedAsync(fed, new SourceId("desk"), events[30..], default);

        await Assertions.Expect(learned).ToHaveTextAsync("40", new LocatorAssertionsToHaveTextOptions { Timeout = 30_000 });
        Assert.Empty(visit.Problems);
    }

    private static Task<IBrowser> LaunchAsync(IPlaywright playwright) => playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
    {
        ExecutablePath = Chromium.Program ?? throw new FileNotFoundException("There is no Chromium on the PATH."),
        Args = ["--no-sandbox", "--disable-dev-shm-usage"],
    });
}
