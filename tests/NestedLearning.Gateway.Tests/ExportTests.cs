using System.Net;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json.Nodes;
using NestedLearning.Contracts;
using NestedLearning.Embedded;
using NestedLearning.Gateway.Access;
using NestedLearning.Gateway.Tests.Access;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Gateway.Tests;

/// <summary>What a tenant's archive is over HTTP, and what this gateway adds to it.</summary>
public class ExportTests
{
    private const string Export = TestGateway.Ann + "/export";

    [Fact]
    public async Task Export_ByTheTenantsOwnKey_HasWhatTheGatewayKnowsAndNoSecret()
    {
        await using KeyedGateway server = await KeyedGateway.StartAsync();
        await server.Gateway.SendAsync("POST", TestGateway.Events, TestGateway.Lines(1, 30), "application/x-ndjson", server.Admin);
        string phone = server.Add("phone", [ApiScope.TenantRead], ["ann"]);
        string both = server.Add("both", [ApiScope.TenantFeed], ["ann", "hidden-tenant"]);
        string other = server.Add("hidden-key", [ApiScope.TenantRead], ["hidden-tenant"]);

        HttpResponseMessage response = await server.Gateway.SendAsync("GET", Export, key: phone);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("application/x-tar", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal("small-ann.tar", response.Content.Headers.ContentDisposition!.FileName);
        List<ExportedFile> files = await FilesAsync(response);
        JsonNode records = JsonNode.Parse(files.Single(file => file.Name == "gateway.json").Content.Span)!;
        Assert.Equal(["both", "phone"], records["keys"]!.AsArray().Select(key => key!["name"]!.GetValue<string>()));
        Assert.Equal((30, "test"), (records["seen"]!["learned"]!.GetValue<int>(), records["seen"]!["sittings"]![0]!["source"]!.GetValue<string>()));
        Assert.Equal(files.SkipLast(1).Select(file => file.Name), ExportManifest.Read(files[^1]).Files.Select(entry => entry.Name));
        string[] secrets = [.. new[] { phone, both, other, server.Admin }.Select(key => key[(key.LastIndexOf('_') + 1)..])];
        foreach (string secret in secrets.Concat(["hidden", "hash"]))
        {
            Assert.All(files, file => Assert.DoesNotContain(secret, Encoding.Latin1.GetString(file.Content.Span), StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Export_TenantThatNobodyKnows_Is404()
    {
        await using TestGateway gateway = await TestGateway.WithModelAsync();

        JsonNode problem = await ProblemAssert.IsAsync(404, "unknown-tenant", await gateway.SendAsync("GET", Export));

        Assert.Equal("ann", problem["tenant"]!.GetValue<string>());
        await ProblemAssert.IsAsync(404, "unknown-model", await gateway.SendAsync("GET", "/api/v1/models/none/tenants/ann/export"));
    }

    [Fact]
    public async Task Export_FailsOnTheWay_IsCutOff()
    {
        await using TestGateway gateway = await TestGateway.StartAsync(cluster: new FailingExport());

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => gateway.SendAsync("GET", Export));
    }

    [Fact]
    public async Task Forget_Tenant_IsForgottenByTheGatewayToo()
    {
        await using TestGateway gateway = await TestGateway.StartAsync();
        await gateway.SendAsync("PUT", TestGateway.Model, """{"spec":{"$kind":"classifier","features":64,"period":25},"policy":{"forgettable":true}}""");
        await gateway.FeedAsync(TestGateway.Lines(1, 30));
        await gateway.SendAsync("POST", TestGateway.Ann + "/flush?source=test");

        await gateway.SendAsync("DELETE", TestGateway.Ann);

        List<ExportedFile> files = await FilesAsync(await gateway.SendAsync("GET", Export));
        JsonNode records = JsonNode.Parse(files.Single(file => file.Name == "gateway.json").Content.Span)!;
        Assert.Null(records["seen"]);
        Assert.All(files, file => Assert.DoesNotContain("class 1", Encoding.Latin1.GetString(file.Content.Span), StringComparison.Ordinal));
    }

    private static async Task<List<ExportedFile>> FilesAsync(HttpResponseMessage response) =>
        await ExportArchive.ReadAsync(await response.Content.ReadAsStreamAsync(), default).ToListAsync();

    /// <summary>An engine whose export fails after its first files.</summary>
    private sealed class FailingExport : ForwardingCluster, ILearningCluster
    {
        protected override ILearningCluster Inner { get; } = new EmbeddedCluster(new MemoryTierStore(), new EmbeddedOptions { FoldThreads = 1 });

        async IAsyncEnumerable<ExportedFile> ILearningCluster.ExportTenantAsync(ModelId model, TenantId tenant, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            yield return new ExportedFile("model.json", new byte[100_000]);
            await Task.Yield();
            throw new StoreException(StoreProblem.Unavailable, "here", "the test ends here");
        }

        public override ValueTask DisposeAsync() => Inner.DisposeAsync();
    }
}
