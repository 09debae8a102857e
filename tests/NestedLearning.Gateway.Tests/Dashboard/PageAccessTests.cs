using System.Net;
using System.Net.Http.Headers;
using NestedLearning.Gateway.Access;
using NestedLearning.Gateway.Dashboard;
using NestedLearning.Gateway.Tests.Access;

namespace NestedLearning.Gateway.Tests.Dashboard;

/// <summary>Every page that is mapped, with every kind of wrong key: a new page cannot be left out.</summary>
public sealed class PageAccessTests : IAsyncLifetime
{
    /// <summary>What everybody may open: nothing of a model is there.</summary>
    private static readonly string[] Public =
    [
        "GET /dashboard/assets/{version}/{name}", "GET /dashboard/enter", "GET /dashboard/sign-in", "POST /dashboard/sign-in", "POST /dashboard/sign-out",
    ];

    private readonly IReadOnlyList<MappedPage> _all = MappedPage.ReadAll();
    private KeyedGateway _server = null!;

    private MappedPage[] Guarded => [.. _all.Where(page => page.IsGuarded)];

    public async Task InitializeAsync()
    {
        _server = await KeyedGateway.StartAsync();
        await _server.Gateway.SendAsync("POST", TestGateway.Events, TestGateway.Lines(1, 30), "application/x-ndjson", _server.Admin);
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public void EveryRoute_NotForEverybody_IsGuarded()
    {
        Assert.Equal(Public, _all.Where(page => !page.IsGuarded).Select(page => page.ToString()).Order(StringComparer.Ordinal));
        Assert.True(Guarded.Length >= 12);
    }

    [Fact]
    public async Task EveryPage_NotSignedIn_LeadsToSignInOrIsRefused()
    {
        using DashboardVisitor nobody = new(_server.Gateway.Url);
        foreach (MappedPage page in Guarded)
        {
            await AssertNotSignedInAsync(page, nobody);
        }
    }

    [Fact]
    public async Task EveryPage_KeyOfTheApiInTheHeader_IsNotSignedIn()
    {
        foreach (MappedPage page in Guarded.Where(page => page.Method == "GET"))
        {
            using HttpClient http = new(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = _server.Gateway.Url };
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", _server.Admin);

            Assert.Equal(HttpStatusCode.SeeOther, (await http.GetAsync(page.PathFor("ann"))).StatusCode);
        }
    }

    [Fact]
    public async Task EveryRouteOfTheApi_SessionOfTheDashboard_IsNoKey()
    {
        using DashboardVisitor admin = await DashboardVisitor.SignInAsync(_server.Gateway.Url, _server.Admin);

        await ProblemAssert.IsAsync(401, "no-key", await admin.GetAsync(TestGateway.Model + "/levels"));
        await ProblemAssert.IsAsync(401, "no-key", await admin.PostAsync(TestGateway.Model + "/levels/slow/rollback?version=0&from=1"));
    }

    [Fact]
    public async Task EveryPage_KeyRemovedOrExpiredMeanwhile_IsNotSignedIn()
    {
        DateTimeOffset end = _server.Time.GetUtcNow() + TimeSpan.FromHours(1);
        string removed = _server.Add("former", [ApiScope.ClusterAdmin]);
        using DashboardVisitor former = await DashboardVisitor.SignInAsync(_server.Gateway.Url, removed);
        _server.RemoveKeys();
        string expiring = _server.Add("old", [ApiScope.ClusterAdmin], change: made => made with { Expires = end });
        using DashboardVisitor old = await DashboardVisitor.SignInAsync(_server.Gateway.Url, expiring);
        _server.Time.Advance(TimeSpan.FromHours(1));

        foreach (MappedPage page in Guarded)
        {
            await AssertNotSignedInAsync(page, former);
            await AssertNotSignedInAsync(page, old);
        }
    }

    [Fact]
    public async Task EveryPage_AllOtherScopes_AreNotEnough()
    {
        foreach ((int i, MappedPage page) in Guarded.Index().Where(one => one.Item.Scope is not null))
        {
            ApiScope[] others = [.. Enum.GetValues<ApiScope>().Where(scope => scope != page.Scope && scope != ApiScope.ClusterAdmin)];
            using DashboardVisitor visitor = await DashboardVisitor.SignInAsync(_server.Gateway.Url, _server.Add($"key-{i}", others));

            HttpResponseMessage response = await page.CallAsync(visitor);

            Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
            Assert.Equal("text/html", response.Content.Headers.ContentType!.MediaType);
        }
    }

    [Fact]
    public async Task EveryPage_ItsScopeAlone_IsEnough()
    {
        foreach ((int i, MappedPage page) in Guarded.Index().Where(one => one.Item.Method == "GET"))
        {
            using DashboardVisitor visitor = await DashboardVisitor.SignInAsync(
                _server.Gateway.Url, _server.Add($"key-{i}", [page.Scope ?? ApiScope.TenantFeed]));

            HttpStatusCode status = (await page.CallAsync(visitor)).StatusCode;

            Assert.False(status is HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized or HttpStatusCode.InternalServerError, $"{page}: {status}");
        }
    }

    [Fact]
    public async Task EveryPageOfATenant_KeyOfAnother_SaysTheSameAsOfNobody()
    {
        using DashboardVisitor ben = await BenAsync();
        foreach (MappedPage page in Guarded.Where(page => page.IsOfATenant))
        {
            HttpResponseMessage existing = await page.CallAsync(ben, "ann");
            HttpResponseMessage missing = await page.CallAsync(ben, "zoe");

            Assert.Equal(page.Scope == ApiScope.TenantRead ? HttpStatusCode.NotFound : HttpStatusCode.Forbidden, existing.StatusCode);
            Assert.Equal(existing.StatusCode, missing.StatusCode);
            Assert.Equal(
                await missing.Content.ReadAsStringAsync(),
                (await existing.Content.ReadAsStringAsync()).Replace("ann", "zoe", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task EveryPage_KeyOfATenant_NamesNoOther()
    {
        using DashboardVisitor ben = await BenAsync();
        foreach (MappedPage page in Guarded.Where(page => page.Method == "GET" && page.Scope is null or ApiScope.TenantRead && !page.IsOfATenant))
        {
            string html = await (await page.CallAsync(ben)).Content.ReadAsStringAsync();

            Assert.DoesNotContain(">ann<", html, StringComparison.Ordinal);
            Assert.DoesNotContain("/tenants/ann", html, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task EveryPage_KeyOfATenant_ShowsNoTabThatItMayNotOpen()
    {
        using DashboardVisitor ben = await BenAsync();

        string html = await ben.ReadAsync(PagePaths.Root + "/models/small/tenants");

        Assert.Contains("Tenants</a>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("Versions</a>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("Overview</a>", html, StringComparison.Ordinal);
    }

    private Task<DashboardVisitor> BenAsync() =>
        DashboardVisitor.SignInAsync(_server.Gateway.Url, _server.Add("ben", [ApiScope.TenantRead], ["ben"]));

    private static async Task AssertNotSignedInAsync(MappedPage page, DashboardVisitor visitor)
    {
        HttpResponseMessage response = await page.CallAsync(visitor);

        Assert.Equal(page.Method == "GET" ? HttpStatusCode.SeeOther : HttpStatusCode.Unauthorized, response.StatusCode);
        if (page.Method == "GET")
        {
            Assert.StartsWith(PagePaths.SignIn, response.Headers.Location!.ToString(), StringComparison.Ordinal);
        }
    }
}
