using System.Net;
using NestedLearning.Embedded;
using NestedLearning.Gateway.Access;
using NestedLearning.Gateway.Dashboard;
using NestedLearning.Gateway.Dashboard.Signing;
using NestedLearning.Gateway.Tests.Access;
using NestedLearning.Models;

namespace NestedLearning.Gateway.Tests.Dashboard;

/// <summary>How browsers sign in and out.</summary>
public sealed class SignInTests : IAsyncLifetime
{
    private KeyedGateway _server = null!;

    public async Task InitializeAsync() => _server = await KeyedGateway.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task SignIn_ValidKey_SetsACookieOutOfReachOfScriptsAndOtherSites()
    {
        using DashboardVisitor visitor = new(_server.Gateway.Url);

        HttpResponseMessage response = await visitor.PostAsync(PagePaths.SignIn, ("key", _server.Admin));

        string cookie = Assert.Single(response.Headers.GetValues("Set-Cookie"));
        Assert.Contains("httponly", cookie, StringComparison.Ordinal);
        Assert.Contains("samesite=strict", cookie, StringComparison.Ordinal);
        Assert.Contains("path=/dashboard", cookie, StringComparison.Ordinal);
        Assert.DoesNotContain(_server.Admin[^20..], cookie, StringComparison.Ordinal);
        Assert.Contains("Models", await visitor.ReadTextAsync(PagePaths.Root), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("oops")]
    [InlineData("nl_admin_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("<script>alert(1)</script>")]
    public async Task SignIn_NoValidKey_SaysNoMoreThanThat(string key)
    {
        using DashboardVisitor visitor = new(_server.Gateway.Url);

        HttpResponseMessage response = await visitor.PostAsync(PagePaths.SignIn, ("key", key));

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        string html = await response.Content.ReadAsStringAsync();
        Assert.Contains("This is no valid key of this server.", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", html, StringComparison.Ordinal);
        Assert.Equal(0, visitor.Cookies.Count);
    }

    [Theory]
    [InlineData("/dashboard/models/small", "/dashboard/models/small")]
    [InlineData("//evil.example", "/dashboard")]
    [InlineData("https://evil.example/dashboard", "/dashboard")]
    [InlineData("/dashboardx", "/dashboard")]
    [InlineData("", "/dashboard")]
    public async Task SignIn_WithATarget_LeadsNowhereElse(string target, string expected)
    {
        using DashboardVisitor visitor = new(_server.Gateway.Url);

        HttpResponseMessage response = await visitor.PostAsync(PagePaths.SignIn, ("key", _server.Admin), ("to", target));

        Assert.Equal(expected, response.Headers.Location!.ToString());
    }

    [Fact]
    public async Task SignIn_FormOfAnotherSite_IsRefused()
    {
        using DashboardVisitor visitor = new(_server.Gateway.Url);

        HttpResponseMessage response = await visitor.PostAsync(PagePaths.SignIn, "https://evil.example", [("key", _server.Admin)]);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Equal(0, visitor.Cookies.Count);
    }

    [Fact]
    public async Task SignIn_MoreThanAForm_IsRefused()
    {
        using DashboardVisitor visitor = new(_server.Gateway.Url);

        HttpResponseMessage response = await visitor.PostAsync(PagePaths.SignIn, ("key", new string('x', 100_000)));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    [Fact]
    public async Task SignOut_WithItsToken_EndsTheSession()
    {
        using DashboardVisitor visitor = await DashboardVisitor.SignInAsync(_server.Gateway.Url, _server.Admin);
        string token = DashboardVisitor.FieldOf(await visitor.ReadAsync(PagePaths.Root), FormNames.Token);

        Assert.Equal(HttpStatusCode.Forbidden, (await visitor.PostAsync(PagePaths.SignOut)).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await visitor.PostAsync(PagePaths.SignOut, (FormNames.Token, token))).StatusCode);

        Assert.Equal(HttpStatusCode.SeeOther, (await visitor.GetAsync(PagePaths.Root)).StatusCode);
    }

    [Fact]
    public async Task Session_AfterItsLifetime_IsOver()
    {
        using DashboardVisitor visitor = await DashboardVisitor.SignInAsync(_server.Gateway.Url, _server.Admin);

        _server.Time.Advance(Session.Lifetime);

        Assert.Equal(HttpStatusCode.SeeOther, (await visitor.GetAsync(PagePaths.Root)).StatusCode);
    }

    [Fact]
    public async Task SignIn_TokenOfAnotherIssuer_OpensWhatItMay()
    {
        using TestIssuer issuer = new();
        await using KeyedGateway server = await KeyedGateway.StartAsync(options => options.Tokens = issuer.Options);

        using DashboardVisitor ann = await DashboardVisitor.SignInAsync(
            server.Gateway.Url, issuer.Issue(server.Time.GetUtcNow(), "tenant-read", "ann"));

        Assert.Equal(HttpStatusCode.OK, (await ann.GetAsync(PagePaths.Root + "/models/small/tenants/ann")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await ann.GetAsync(PagePaths.Root + "/models/small/tenants/ben")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await ann.GetAsync(PagePaths.Root + "/models/small")).StatusCode);
    }

    [Fact]
    public async Task Link_Opened_SignsInOnce()
    {
        await using EmbeddedCluster cluster = new(new MemoryTierStore(), new EmbeddedOptions());
        (ApiKey key, KeyToken token) = ApiKey.CreateAdmin(new KeyId("local"));
        await using GatewayServer server = await GatewayServer.StartAsync(
            cluster, null, new IPEndPoint(IPAddress.Loopback, 0), options => options.ProcessKey = key, default);
        Uri link = server.CreateSignInLink(token);
        using DashboardVisitor first = new(server.Url);
        using DashboardVisitor second = new(server.Url);

        Assert.Contains("You are signed in", await first.ReadTextAsync(link.PathAndQuery), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, (await second.GetAsync(link.PathAndQuery)).StatusCode);

        await first.ReadAsync(PagePaths.Root);
        Assert.Equal(HttpStatusCode.SeeOther, (await second.GetAsync(PagePaths.Root)).StatusCode);
        Assert.DoesNotContain(token.Reveal(), link.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task NoKeys_OnThisMachine_OpensEveryPageForThisMachineOnly()
    {
        await using TestGateway gateway = await TestGateway.WithModelAsync();
        using DashboardVisitor visitor = new(gateway.Url);
        HttpRequestMessage rebound = new(HttpMethod.Get, PagePaths.Root);
        rebound.Headers.Host = "evil.example";

        Assert.DoesNotContain("Sign out", await visitor.ReadAsync(PagePaths.Root), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, (await visitor.GetAsync(PagePaths.SignIn)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await gateway.Http.SendAsync(rebound)).StatusCode);
    }

    [Fact]
    public async Task Root_OfTheServer_LeadsToTheDashboard()
    {
        using DashboardVisitor visitor = new(_server.Gateway.Url);

        Assert.Equal(PagePaths.Root, (await visitor.GetAsync("/")).Headers.Location!.ToString());
    }
}
