using System.Net;
using NestedLearning.Client;
using NestedLearning.Embedded;
using NestedLearning.Gateway;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Benchmarks.Gateway;

/// <summary>A gateway over an embedded engine with one model, and the events it is fed with.</summary>
internal sealed class LoadGateway : IAsyncDisposable
{
    public static readonly ModelId Model = new("load");
    public static readonly SourceId Source = new("load");

    private const int Classes = 50;

    private LoadGateway(EmbeddedCluster engine, GatewayServer server) => (Engine, Server) = (engine, server);

    public EmbeddedCluster Engine { get; }

    public GatewayServer Server { get; }

    public static async Task<LoadGateway> StartAsync(ClassifierSpec? spec = null)
    {
        EmbeddedCluster engine = new(new MemoryTierStore(), new EmbeddedOptions());
        GatewayServer server = await GatewayServer.StartAsync(engine, null, new IPEndPoint(IPAddress.Loopback, 0), null, default);
        await engine.CreateModelAsync(Model, spec ?? new ClassifierSpec(), new RoundPolicy(), default);
        return new LoadGateway(engine, server);
    }

    public static MemoryAddress Memory(string tenant) => new(Model, new TenantId(tenant));

    /// <summary>Sentences of a dozen words, two of which tell the class.</summary>
    public static LearningEvent[] Events(int first, int count) => [.. Enumerable.Range(first, count).Select(i => new LearningEvent(i, Text(i), $"class {i % Classes}"))];

    public static TextInput Text(int i) => new(
        $"please tell me about topic{i % Classes} and word{i % Classes}x{i % 7} as soon as it is possible number{i % 100}");

    public HttpLearningCluster Connect() => HttpLearningCluster.Connect(Server.Url);

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await Engine.DisposeAsync();
    }
}
