using System.Net;
using NestedLearning.Gateway.Access;
using NestedLearning.Gateway.Dashboard;
using NestedLearning.Gateway.Dashboard.Signing;
using NestedLearning.Gateway.Tests.Access;
using NestedLearning.Models;

namespace NestedLearning.Gateway.Tests.Dashboard;

/// <summary>Going back to a version from its page.</summary>
public sealed class RollbackTests : IAsyncLifetime
{
    private static readonly string Page = PagePaths.Rollback(new ModelId("small"), ClassifierSpec.SlowLevel, 1);

    private KeyedGateway _server = null!;
    private DashboardVisitor _admin = null!;

    public async Task InitializeAsync()
    {
        _server = await KeyedGateway.StartAsync();
        await _server.Gateway.SendAsync("POST", TestGateway.Events, TestGateway.Lines(1, 50), "application/x-ndjson", _server.Admin);
        await _server.Gateway.SendAsync("POST", TestGateway.Ann + "/flush?source=test", key: _server.Admin);
        _admin = await DashboardVisitor.SignInAsync(_server.Gateway.Url, _server.Admin);
    }

    public async Task DisposeAsync()
    {
        _admin.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Ask_VersionThatCanBeGoneBackTo_SaysWhatItTakesAlong()
    {
        string text = await _admin.ReadTextAsync(Page);

        Assert.Contains("Version 1 of the level slow is published again as version 3", text, StringComparison.Ordinal);
        Assert.Contains("25 events of 1 version", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_AsTheFormSendsIt_PublishesTheVersionAgain()
    {
        HttpResponseMessage response = await _admin.PostAsync(Page, await FieldsAsync());

        Assert.Equal(HttpStatusCode.SeeOther, response.StatusCode);
        string text = await _admin.ReadTextAsync(response.Headers.Location!.ToString());
        Assert.Contains("Version 3 publishes version 1 again.", text, StringComparison.Ordinal);
        Assert.Contains("rolled back of 1", text, StringComparison.Ordinal);
        Assert.Equal(3, await NewestAsync());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task Post_WithoutTheSessionsToken_IsRefused(string? token)
    {
        (string, string)[] fields = token is null ? [("from", "2")] : [("from", "2"), (FormNames.Token, token)];

        Assert.Equal(HttpStatusCode.Forbidden, (await _admin.PostAsync(Page, fields)).StatusCode);

        Assert.Equal(2, await NewestAsync());
    }

    [Fact]
    public async Task Post_TokenOfAnotherSession_IsRefused()
    {
        using DashboardVisitor other = await DashboardVisitor.SignInAsync(_server.Gateway.Url, _server.Admin);

        Assert.Equal(HttpStatusCode.Forbidden, (await other.PostAsync(Page, await FieldsAsync())).StatusCode);
    }

    [Fact]
    public async Task Post_FromAnotherSite_IsRefused()
    {
        Assert.Equal(HttpStatusCode.Forbidden, (await _admin.PostAsync(Page, "https://evil.example", await FieldsAsync())).StatusCode);

        Assert.Equal(2, await NewestAsync());
    }

    [Fact]
    public async Task Post_KeyWithoutTheScope_IsRefused()
    {
        using DashboardVisitor reader = await DashboardVisitor.SignInAsync(
            _server.Gateway.Url, _server.Add("reader", [ApiScope.TenantRead, ApiScope.TenantFeed]));

        Assert.Equal(HttpStatusCode.Forbidden, (await reader.PostAsync(Page, await FieldsAsync())).StatusCode);

        Assert.Equal(2, await NewestAsync());
    }

    [Fact]
    public async Task Post_AfterANewerVersion_SaysSoAndChangesNothing()
    {
        (string, string)[] fields = await FieldsAsync();
        await _server.Gateway.SendAsync("POST", TestGateway.Events, TestGateway.Lines(51, 25), "application/x-ndjson", _server.Admin);
        await _server.Gateway.SendAsync("POST", TestGateway.Ann + "/flush?source=test", key: _server.Admin);

        HttpResponseMessage response = await _admin.PostAsync(Page, fields);

        Assert.Equal(HttpStatusCode.Conflict, response.StatusCode);
        Assert.Contains("There is a newer version", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(3, await NewestAsync());
    }

    [Fact]
    public async Task Post_SentTwice_GoesBackOnce()
    {
        (string, string)[] fields = await FieldsAsync();

        Assert.Equal((await _admin.PostAsync(Page, fields)).Headers.Location, (await _admin.PostAsync(Page, fields)).Headers.Location);

        Assert.Equal(3, await NewestAsync());
    }

    [Theory]
    [InlineData("99", HttpStatusCode.NotFound)]
    [InlineData("x", HttpStatusCode.BadRequest)]
    [InlineData("-1", HttpStatusCode.BadRequest)]
    public async Task Ask_NoSuchVersion_IsAnErrorPage(string version, HttpStatusCode status) =>
        Assert.Equal(status, (await _admin.GetAsync($"/dashboard/models/small/levels/slow/versions/{version}/rollback")).StatusCode);

    private async Task<(string, string)[]> FieldsAsync()
    {
        string html = await _admin.ReadAsync(Page);
        return [(FormNames.Token, DashboardVisitor.FieldOf(html, FormNames.Token)), (FormNames.From, DashboardVisitor.FieldOf(html, FormNames.From))];
    }

    private async Task<long> NewestAsync() =>
        (await TestGateway.JsonAsync(await _server.Gateway.SendAsync("GET", TestGateway.Model + "/levels", key: _server.Admin)))[0]!["version"]!.GetValue<long>();
}
