using System.Net;
using NestedLearning.Contracts;
using NestedLearning.Embedded;
using NestedLearning.Gateway;
using NestedLearning.Tiers;

namespace NestedLearning.Client.Tests;

/// <summary>Texts that go on behind a gateway.</summary>
public sealed class TextGenerationTests : Contracts.TextGenerationTests
{
    protected override ITierStore CreateStore() => new MemoryTierStore();

    protected override async ValueTask<GeneratingEngine> OpenAsync(ITierStore store)
    {
        EmbeddedCluster engine = new(store, new EmbeddedOptions { FoldThreads = 1 });
        GatewayServer gateway = await GatewayServer.StartAsync(engine, null, new IPEndPoint(IPAddress.Loopback, 0), null, default);
        HttpLearningCluster client = HttpLearningCluster.Connect(gateway.Url, new HttpClusterOptions { MaxRetries = 0 });
        return new GeneratingEngine(client, client.Generation, client, gateway, engine);
    }
}
