using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using NestedLearning.Embedded;
using NestedLearning.Tiers;

namespace NestedLearning.Gateway.Tests;

/// <summary>A gateway on a free port, and requests to it as any program makes them.</summary>
internal sealed class TestGateway : IAsyncDisposable
{
    public const string Model = "/api/v1/models/small";
    public const string Ann = Model + "/tenants/ann";
    public const string Events = Ann + "/events?source=test";
    public const string Spec = """{"spec":{"$kind":"classifier","features":64,"period":25}}""";

    private readonly ILearningCluster _cluster;
    private readonly GatewayServer _server;

    private TestGateway(ILearningCluster cluster, GatewayServer server)
    {
        _cluster = cluster;
        _server = server;
        Http = new HttpClient { BaseAddress = server.Url };
    }

    public HttpClient Http { get; }

    public Uri Url => _server.Url;

    public static async Task<TestGateway> StartAsync(
        ITierStore? store = null, Action<GatewayOptions>? configure = null, ILearningCluster? cluster = null)
    {
        cluster ??= new EmbeddedCluster(store ?? new MemoryTierStore(), new EmbeddedOptions { FoldThreads = 1 });
        IPEndPoint free = new(IPAddress.Loopback, 0);
        return new TestGateway(cluster, await GatewayServer.StartAsync(cluster, (cluster as EmbeddedCluster)?.Schedules, free, configure, default));
    }

    /// <summary>Starts one with a small model.</summary>
    public static async Task<TestGateway> WithModelAsync(ITierStore? store = null, Action<GatewayOptions>? configure = null)
    {
        TestGateway gateway = await StartAsync(store, configure);
        Assert.Equal("", await (await gateway.SendAsync("PUT", Model, Spec)).Content.ReadAsStringAsync());
        return gateway;
    }

    public static string Line(int sequence, string text = "a b", string label = "x") =>
        new JsonObject { ["sequence"] = sequence, ["text"] = text, ["label"] = label }.ToJsonString();

    public static string Lines(int first, int count) =>
        string.Join('\n', Enumerable.Range(first, count).Select(i => Line(i, $"word{i % 5}", $"class {i % 5}")));

    public Task<HttpResponseMessage> FeedAsync(string lines, string path = Events) =>
        SendAsync("POST", path, lines, "application/x-ndjson");

    public Task<HttpResponseMessage> SendAsync(
        string method, string path, string? body = null, string media = "application/json", string? key = null)
    {
        HttpRequestMessage request = new(new HttpMethod(method), path);
        request.Headers.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(media);
        }

        return Http.SendAsync(request);
    }

    public static async Task<JsonNode> JsonAsync(HttpResponseMessage response) =>
        JsonNode.Parse(await response.Content.ReadAsStringAsync())!;

    public static async Task<JsonNode[]> LinesAsync(HttpResponseMessage response) =>
        [.. (await response.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!)];

    public async Task<long> LearnedAsync() => (await JsonAsync(await SendAsync("GET", Ann)))["learned"]!.GetValue<long>();

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _server.DisposeAsync();
        await _cluster.DisposeAsync();
    }
}
