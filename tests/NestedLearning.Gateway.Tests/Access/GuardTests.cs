using System.Net;
using NestedLearning.Embedded;
using NestedLearning.Gateway.Access;
using NestedLearning.Models;

namespace NestedLearning.Gateway.Tests.Access;

/// <summary>Limits of keys, files that change, and what holds without any key.</summary>
public sealed class GuardTests
{
    [Fact]
    public async Task Requests_MoreThanTheKeyMayMake_AreToldWhenToComeBack()
    {
        await using KeyedGateway server = await KeyedGateway.StartAsync();
        string key = server.Add("slow", [ApiScope.TenantRead], change: made => made with { RequestsPerMinute = 3 });
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(HttpStatusCode.OK, (await server.Gateway.SendAsync("GET", TestGateway.Ann, key: key)).StatusCode);
        }

        HttpResponseMessage response = await server.Gateway.SendAsync("GET", TestGateway.Ann, key: key);

        await ProblemAssert.IsAsync(429, "too-many-requests", response);
        Assert.InRange(response.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.OK, (await server.Gateway.SendAsync("GET", TestGateway.Ann, key: server.Admin)).StatusCode);
    }

    [Fact]
    public async Task Events_WithinTheQuota_AreLearned()
    {
        await using KeyedGateway server = await KeyedGateway.StartAsync(options => options.MaxBatchEvents = 7);
        string key = server.Add("feeder", [ApiScope.TenantFeed], change: made => made with { EventsPerMinute = 20 });

        HttpResponseMessage response = await server.Gateway.SendAsync(
            "POST", TestGateway.Events, TestGateway.Lines(1, 20), "application/x-ndjson", key);

        Assert.Equal(20, (await TestGateway.LinesAsync(response))[^1]["appliedThrough"]!.GetValue<int>());
    }

    [Fact]
    public async Task EventQuota_UsedUp_WaitsUntilItIsGivenUp()
    {
        await using EventQuota quota = new();
        (ApiKey key, _) = ApiKey.CreateAdmin(new KeyId("feeder"));
        Caller caller = new(key with { EventsPerMinute = 1 });
        await quota.WaitAsync(caller, 1, default);
        using CancellationTokenSource stop = new();

        Task waiting = quota.WaitAsync(caller, 1, stop.Token).AsTask();

        Assert.False(waiting.IsCompleted);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    public async Task KeysFile_Damaged_KeepsTheKeysReadBefore()
    {
        await using KeyedGateway server = await KeyedGateway.StartAsync();
        string key = server.Add("reader", [ApiScope.TenantRead]);
        Assert.Equal(HttpStatusCode.OK, (await server.Gateway.SendAsync("GET", TestGateway.Ann, key: key)).StatusCode);

        await File.WriteAllTextAsync(server.KeysFile, "oops");

        Assert.Equal(HttpStatusCode.OK, (await server.Gateway.SendAsync("GET", TestGateway.Ann, key: key)).StatusCode);
    }

    [Fact]
    public async Task StartAsync_DamagedKeysFile_SaysSo()
    {
        string path = Path.GetTempFileName();
        await File.WriteAllTextAsync(path, "oops");

        await Assert.ThrowsAsync<KeyFileException>(() => TestGateway.StartAsync(configure: options => options.KeysFile = path));

        File.Delete(path);
    }

    [Theory]
    [InlineData("Basic")]
    [InlineData("Bearer ")]
    [InlineData("bearerx")]
    public async Task Authorization_OtherScheme_IsRefused(string scheme)
    {
        await using KeyedGateway server = await KeyedGateway.StartAsync();
        HttpRequestMessage request = new(HttpMethod.Get, TestGateway.Ann);
        request.Headers.TryAddWithoutValidation("Authorization", $"{scheme} {server.Admin}");

        await ProblemAssert.IsAsync(401, "no-key", await server.Gateway.Http.SendAsync(request));
    }

    [Theory]
    [InlineData("evil.example", 403)]
    [InlineData("127.0.0.1.evil.example", 403)]
    [InlineData("localhost", 200)]
    [InlineData("LOCALHOST:99", 200)]
    [InlineData("[::1]", 200)]
    public async Task NoKeys_RequestUnderAHostName_IsServedForThisMachineOnly(string host, int status)
    {
        await using TestGateway gateway = await TestGateway.WithModelAsync();
        HttpRequestMessage request = new(HttpMethod.Get, TestGateway.Ann);
        request.Headers.Host = host;

        Assert.Equal(status, (int)(await gateway.Http.SendAsync(request)).StatusCode);
    }

    [Fact]
    public async Task StartAsync_NoKeysOnAnAddressOfOthers_IsRefused()
    {
        await using EmbeddedCluster cluster = new(new MemoryTierStore(), new EmbeddedOptions());
        IPEndPoint anywhere = new(IPAddress.Any, 0);

        await Assert.ThrowsAsync<ArgumentException>(() => GatewayServer.StartAsync(cluster, null, anywhere, null, default));
        await using GatewayServer open = await GatewayServer.StartAsync(cluster, null, anywhere, options => options.IsPublic = true, default);
    }
}
