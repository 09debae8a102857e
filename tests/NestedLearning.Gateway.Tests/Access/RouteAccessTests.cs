using System.Net;
using System.Text.Json.Nodes;
using NestedLearning.Gateway.Access;
using NestedLearning.Models;

namespace NestedLearning.Gateway.Tests.Access;

/// <summary>Every route of the OpenAPI document, with every kind of wrong key: a new route cannot be left out.</summary>
public sealed class RouteAccessTests : IAsyncLifetime
{
    private KeyedGateway _server = null!;
    private IReadOnlyList<ApiOperation> _operations = null!;

    public async Task InitializeAsync()
    {
        _server = await KeyedGateway.StartAsync();
        _operations = await ApiOperation.ReadAllAsync(_server.Gateway);
        Assert.True(_operations.Count >= 20);
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public Task EveryRoute_NoKey_IsRefused() => EachAsync(async operation =>
    {
        HttpResponseMessage response = await _server.SendAsync(operation, key: null);

        await ProblemAssert.IsAsync(401, "no-key", response);
        Assert.Equal("Bearer", Assert.Single(response.Headers.WwwAuthenticate).Scheme);
    });

    [Fact]
    public Task EveryRoute_KeyOfAnotherServer_IsRefused()
    {
        string unknown = ApiKey.CreateAdmin(new KeyId("admin")).Token.Reveal();
        return EachAsync(async operation => await ProblemAssert.IsAsync(401, "no-key", await _server.SendAsync(operation, unknown)));
    }

    [Fact]
    public Task EveryRoute_ExpiredKey_IsRefused()
    {
        DateTimeOffset end = _server.Time.GetUtcNow() + TimeSpan.FromHours(1);
        string key = _server.Add("old", [ApiScope.ClusterAdmin], change: made => made with { Expires = end });
        _server.Time.Advance(TimeSpan.FromHours(1));
        return EachAsync(async operation => await ProblemAssert.IsAsync(401, "key-expired", await _server.SendAsync(operation, key)));
    }

    [Fact]
    public async Task EveryRoute_RemovedKey_IsRefused()
    {
        string key = _server.Add("former", [ApiScope.ClusterAdmin]);
        ApiOperation levels = _operations.Single(operation => operation.Path.EndsWith("/levels", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.OK, (await _server.SendAsync(levels, key)).StatusCode);

        _server.RemoveKeys();

        await EachAsync(async operation => await ProblemAssert.IsAsync(401, "no-key", await _server.SendAsync(operation, key)));
    }

    [Fact]
    public Task EveryRoute_AllOtherScopes_AreNotEnough() => EachAsync(async operation =>
    {
        ApiScope[] others = [.. Enum.GetValues<ApiScope>().Where(scope => scope != operation.Scope && scope != ApiScope.ClusterAdmin)];
        string key = _server.Add($"key-{_operations.ToList().IndexOf(operation)}", others);

        JsonNode problem = await ProblemAssert.IsAsync(403, "out-of-scope", await _server.SendAsync(operation, key));

        Assert.Equal(ApiScopes.NameOf(operation.Scope), problem["accepted"]![0]!.GetValue<string>());
    });

    [Fact]
    public Task EveryRoute_ItsScopeAlone_IsEnough() => EachAsync(async operation =>
    {
        string key = _server.Add($"key-{_operations.ToList().IndexOf(operation)}", [operation.Scope]);

        HttpResponseMessage response = await _server.SendAsync(operation, key);

        Assert.NotEqual(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.NotEqual(HttpStatusCode.Forbidden, response.StatusCode);
    });

    [Fact]
    public async Task EveryRouteOfATenant_KeyOfAnother_SaysTheSameAsOfNobody()
    {
        await _server.Gateway.SendAsync("POST", TestGateway.Events, TestGateway.Lines(1, 5), "application/x-ndjson", _server.Admin);
        string ben = _server.Add("ben", [ApiScope.TenantRead, ApiScope.TenantFeed, ApiScope.ModelAdmin], ["ben"]);
        await EachAsync(async operation =>
        {
            if (operation.IsOfATenant)
            {
                string existing = await AnswerAsync(operation, ben, "ann");
                string missing = await AnswerAsync(operation, ben, "zoe");

                Assert.Contains("unknown-tenant", existing, StringComparison.Ordinal);
                Assert.Equal(missing, existing.Replace("ann", "zoe", StringComparison.Ordinal));
            }
        });
    }

    [Theory]
    [InlineData("%61nn")]
    [InlineData("ann%2F..%2Fben")]
    [InlineData("ben/../ann")]
    [InlineData("ben%2F..%2Fann")]
    [InlineData("ANN")]
    [InlineData("ann%00")]
    [InlineData("ann;ben")]
    public async Task TenantPath_Tricks_DoNotReachTheTenant(string tenant)
    {
        string ben = _server.Add("ben", [ApiScope.TenantRead], ["ben"]);

        HttpResponseMessage response = await _server.Gateway.SendAsync("GET", TestGateway.Model + "/tenants/" + tenant, key: ben);

        Assert.Contains((int)response.StatusCode, new[] { 400, 404 });
    }

    [Fact]
    public async Task UnknownPath_NoKey_SaysNothingOfWhatThereIs() =>
        await ProblemAssert.IsAsync(401, "no-key", await _server.Gateway.SendAsync("GET", "/api/v1/none"));

    private async Task<string> AnswerAsync(ApiOperation operation, string key, string tenant)
    {
        HttpResponseMessage response = await _server.SendAsync(operation, key, tenant);
        return $"{response.StatusCode} {string.Join(' ', response.Headers.Select(header => header.Key))} {await response.Content.ReadAsStringAsync()}";
    }

    private async Task EachAsync(Func<ApiOperation, Task> check)
    {
        foreach (ApiOperation operation in _operations)
        {
            await check(operation);
        }
    }
}
