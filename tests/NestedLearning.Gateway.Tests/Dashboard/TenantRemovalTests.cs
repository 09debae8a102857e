using System.Net;
using System.Text.Json.Nodes;
using NestedLearning.Gateway.Access;
using NestedLearning.Gateway.Dashboard;
using NestedLearning.Gateway.Dashboard.Signing;
using NestedLearning.Gateway.Tests.Access;
using NestedLearning.Models;

namespace NestedLearning.Gateway.Tests.Dashboard;

/// <summary>Taking a tenant out of a model from its page.</summary>
public sealed class TenantRemovalTests : IAsyncLifetime
{
    private static readonly ModelId Model = new("exact");
    private static readonly string Page = PagePaths.Remove(Model, new TenantId("ann"));

    private KeyedGateway _server = null!;
    private DashboardVisitor _admin = null!;

    public async Task InitializeAsync()
    {
        _server = await KeyedGateway.StartAsync();
        await _server.Gateway.SendAsync(
            "PUT", "/api/v1/models/exact", """{"spec":{"$kind":"classifier","features":64,"period":25},"policy":{"forgettable":true}}""", key: _server.Admin);
        foreach (string tenant in new[] { "ann", "ben" })
        {
            string path = $"/api/v1/models/exact/tenants/{tenant}";
            await _server.Gateway.SendAsync("POST", path + "/events?source=test", TestGateway.Lines(1, 50), "application/x-ndjson", _server.Admin);
            await _server.Gateway.SendAsync("POST", path + "/flush?source=test", key: _server.Admin);
        }

        _admin = await DashboardVisitor.SignInAsync(_server.Gateway.Url, _server.Admin);
    }

    public async Task DisposeAsync()
    {
        _admin.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Post_WithTheName_RemovesTheTenantAndSaysWhatItCameTo()
    {
        HttpResponseMessage response = await PostAsync("ann");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        string text = DashboardVisitor.TextOf(await response.Content.ReadAsStringAsync());
        Assert.Contains("Nothing of ann is stored any more.", text, StringComparison.Ordinal);
        Assert.Contains("memory – deleted, with what it had not sent up", text, StringComparison.Ordinal);
        Assert.Contains("slow 50 version 5 is without its events", text, StringComparison.Ordinal);
        Assert.Equal((0, 50), (await LearnedAsync("ann"), await LevelEventsAsync()));
        Assert.DoesNotContain("Learned 50 events from test", await _admin.ReadTextAsync(PagePaths.Tenant(Model, new TenantId("ann"))), StringComparison.Ordinal);
        Assert.Equal(50, await LearnedAsync("ben"));
    }

    [Fact]
    public async Task Post_SentTwice_FindsNothingTheSecondTime()
    {
        await PostAsync("ann");

        HttpResponseMessage again = await PostAsync("ann");

        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.Equal(50, await LevelEventsAsync());
        Assert.Contains("there was nothing of it", await again.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("ben")]
    [InlineData("ANN")]
    [InlineData("<b>ann</b>")]
    public async Task Post_WithAnotherName_AsksAgainAndRemovesNothing(string name)
    {
        HttpResponseMessage response = await PostAsync(name);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        string html = await response.Content.ReadAsStringAsync();
        Assert.Contains("nothing was deleted", html, StringComparison.Ordinal);
        Assert.Contains("aria-invalid=\"true\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>ann", html, StringComparison.Ordinal);
        Assert.Equal((50, 100), (await LearnedAsync("ann"), await LevelEventsAsync()));
    }

    [Fact]
    public async Task Post_WithoutTheSessionsTokenOrFromAnotherSite_IsRefused()
    {
        Assert.Equal(HttpStatusCode.Forbidden, (await _admin.PostAsync(Page, (FormNames.Name, "ann"))).StatusCode);
        string token = DashboardVisitor.FieldOf(await _admin.ReadAsync(Page), FormNames.Token);
        Assert.Equal(
            HttpStatusCode.Forbidden,
            (await _admin.PostAsync(Page, "https://evil.example", [(FormNames.Token, token), (FormNames.Name, "ann")])).StatusCode);

        Assert.Equal(50, await LearnedAsync("ann"));
    }

    [Fact]
    public async Task Tenant_KeyThatReadsOnly_HasAnExportAndNoWayToDelete()
    {
        using DashboardVisitor reader = await DashboardVisitor.SignInAsync(_server.Gateway.Url, _server.Add("reader", [ApiScope.TenantRead], ["ann"]));

        string html = await reader.ReadAsync(PagePaths.Tenant(Model, new TenantId("ann")));

        Assert.Contains($"href=\"{PagePaths.Export(Model, new TenantId("ann"))}\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain(Page, html, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await reader.GetAsync(Page)).StatusCode);
    }

    [Fact]
    public async Task Ask_ModelThatCannotForget_SaysSoAndRefusesWhatIsInItsSums()
    {
        string path = $"{TestGateway.Model}/tenants/ann";
        await _server.Gateway.SendAsync("POST", path + "/events?source=test", TestGateway.Lines(1, 50), "application/x-ndjson", _server.Admin);
        string page = PagePaths.Remove(new ModelId("small"), new TenantId("ann"));

        Assert.Contains("was not made to take tenants out", await _admin.ReadTextAsync(page), StringComparison.Ordinal);
        string token = DashboardVisitor.FieldOf(await _admin.ReadAsync(page), FormNames.Token);
        HttpResponseMessage response = await _admin.PostAsync(page, (FormNames.Token, token), (FormNames.Name, "ann"));

        Assert.Equal(HttpStatusCode.Conflict, response.StatusCode);
        Assert.Equal("text/html", response.Content.Headers.ContentType!.MediaType);
    }

    private async Task<HttpResponseMessage> PostAsync(string name) => await _admin.PostAsync(
        Page, (FormNames.Token, DashboardVisitor.FieldOf(await _admin.ReadAsync(Page), FormNames.Token)), (FormNames.Name, name));

    private async Task<long> LearnedAsync(string tenant) =>
        (await TestGateway.JsonAsync(await _server.Gateway.SendAsync("GET", $"/api/v1/models/exact/tenants/{tenant}", key: _server.Admin)))["learned"]!.GetValue<long>();

    private async Task<long> LevelEventsAsync()
    {
        JsonNode levels = await TestGateway.JsonAsync(await _server.Gateway.SendAsync("GET", "/api/v1/models/exact/levels", key: _server.Admin));
        return levels[0]!["events"]!.GetValue<long>();
    }
}
