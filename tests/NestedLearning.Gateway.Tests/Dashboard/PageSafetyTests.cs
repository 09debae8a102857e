using System.Net;
using NestedLearning.Gateway.Dashboard;
using NestedLearning.Gateway.Dashboard.Assets;
using NestedLearning.Models;

namespace NestedLearning.Gateway.Tests.Dashboard;

/// <summary>What pages let browsers do, and what they make of hostile texts.</summary>
public sealed class PageSafetyTests : DashboardFixture
{
    private const string Hostile = "\"><script>alert(1)</script><img src=x onerror=alert(1)>";

    [Theory]
    [InlineData("/dashboard/models/small/tenants?q=")]
    [InlineData("/dashboard/models/small/tenants/")]
    [InlineData("/dashboard/models/")]
    [InlineData("/dashboard/open?model=")]
    [InlineData("/dashboard/sign-in?to=")]
    [InlineData("/dashboard/models/small/levels/slow/versions?made=")]
    public async Task AnyPage_HostileName_IsText(string path)
    {
        HttpResponseMessage response = await Visitor.GetAsync(path + Uri.EscapeDataString(Hostile));

        string html = await response.Content.ReadAsStringAsync();
        Assert.DoesNotContain("<script>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<img src=x", html, StringComparison.Ordinal);
        Assert.NotEqual(HttpStatusCode.InternalServerError, response.StatusCode);
    }

    [Fact]
    public async Task Feed_HostileTenantName_IsNoTenant()
    {
        await ProblemAssert.IsAsync(
            400, "invalid-id", await Gateway.FeedAsync(TestGateway.Lines(1, 1), $"{TestGateway.Model}/tenants/{Uri.EscapeDataString("<b>")}/events?source=test"));

        Assert.DoesNotContain("<b>", await Visitor.ReadAsync(PagePaths.Tenants(new ModelId("small"))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnyPage_ItsPolicy_TakesNothingFromElsewhereAndNothingInline()
    {
        HttpResponseMessage response = await Visitor.GetAsync(PagePaths.Root);

        string policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
        Assert.True(response.Headers.CacheControl!.NoStore);
        string html = await response.Content.ReadAsStringAsync();
        Assert.DoesNotContain("style=", html, StringComparison.Ordinal);
        Assert.DoesNotMatch("<script(?! src=\"/dashboard/assets/)", html);
        Assert.Contains("<html lang=\"en\">", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("base.css", "text/css")]
    [InlineData("parts.css", "text/css")]
    [InlineData("charts.css", "text/css")]
    [InlineData("live.js", "text/javascript")]
    [InlineData("icon.svg", "image/svg+xml")]
    public async Task Asset_ByItsAddress_IsKeptByBrowsers(string name, string media)
    {
        HttpResponseMessage response = await Visitor.GetAsync(AssetFiles.PathOf(name));

        Assert.Equal(media, response.Content.Headers.ContentType!.MediaType);
        Assert.True(response.Headers.CacheControl!.MaxAge > TimeSpan.FromDays(300));
        Assert.NotEmpty(await response.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("none.css")]
    [InlineData("..%2Fbase.css")]
    [InlineData("NestedLearning.Gateway.dll")]
    public async Task Asset_AnythingElse_IsNotThere(string name) =>
        Assert.Equal(HttpStatusCode.NotFound, (await Visitor.GetAsync($"/dashboard/assets/1/{name}")).StatusCode);
}
