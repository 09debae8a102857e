using System.Net;
using NestedLearning.Embedded;
using NestedLearning.Gateway;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Client.Tests;

/// <summary>A gateway over the embedded engine on a port of this process, and clients of it.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    public static readonly ModelId Model = new("small");
    public static readonly MemoryAddress Ann = new(Model, new TenantId("ann"));
    public static readonly SourceId Source = new("test");
    public static readonly ClassifierSpec Spec = new() { Features = 64, Period = 25 };

    private readonly ITierStore _store;
    private EmbeddedCluster _cluster;
    private GatewayServer _gateway;

    private TestServer(ITierStore store, EmbeddedCluster cluster, GatewayServer gateway)
    {
        _store = store;
        _cluster = cluster;
        _gateway = gateway;
        Url = gateway.Url;
    }

    public Uri Url { get; }

    public EmbeddedCluster Engine => _cluster;

    /// <summary>No pause before a repeat: tests do not wait for clocks.</summary>
    public static HttpClusterOptions Quick => new() { RetryDelay = TimeSpan.Zero, MaxRetryDelay = TimeSpan.Zero };

    public static async Task<TestServer> StartAsync(ITierStore? store = null)
    {
        store ??= new MemoryTierStore();
        EmbeddedCluster cluster = new(store, new EmbeddedOptions { FoldThreads = 1 });
        return new TestServer(store, cluster, await ListenAsync(cluster, 0));
    }

    public static IReadOnlyList<LearningEvent> Events(int first, int count) =>
        [.. Enumerable.Range(first, count).Select(i => new LearningEvent(i, new TextInput($"word{i % 7} word{i % 3}"), $"class {i % 7}"))];

    public HttpLearningCluster Connect(HttpClusterOptions? options = null) => HttpLearningCluster.Connect(Url, options ?? Quick);

    /// <summary>As after a kill and a start on the same port: what was not saved is gone.</summary>
    public async Task CrashAndRestartAsync()
    {
        await _gateway.DisposeAsync();
        _cluster = new EmbeddedCluster(_store, new EmbeddedOptions { FoldThreads = 1 }); // The old one is left without a save.
        _gateway = await ListenAsync(_cluster, Url.Port);
    }

    /// <summary>The server is gone from the network, until it is started again.</summary>
    public ValueTask StopListeningAsync() => _gateway.DisposeAsync();

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _cluster.DisposeAsync();
    }

    private static Task<GatewayServer> ListenAsync(EmbeddedCluster cluster, int port) =>
        GatewayServer.StartAsync(cluster, cluster.Schedules, new IPEndPoint(IPAddress.Loopback, port), null, default);
}
