using System.Net;
using NestedLearning.Contracts;
using NestedLearning.Embedded;
using NestedLearning.Gateway;
using NestedLearning.Tiers;

namespace NestedLearning.Client.Tests;

/// <summary>What every engine promises holds through a gateway too.</summary>
public sealed class HttpLearningClusterContractTests : LearningClusterTests
{
    protected override ITierStore CreateStore() => new MemoryTierStore();

    protected override async ValueTask<ILearningCluster> OpenAsync(ITierStore store, TimeProvider time)
    {
        EmbeddedCluster engine = new(store, new EmbeddedOptions { Time = time, FoldThreads = 1 });
        GatewayServer gateway = await GatewayServer.StartAsync(engine, null, new IPEndPoint(IPAddress.Loopback, 0), null, default);
        return new ServedCluster(HttpLearningCluster.Connect(gateway.Url, new HttpClusterOptions { MaxRetries = 0 }), gateway, engine);
    }

    /// <summary>A client and the server that it talks to, closed together.</summary>
    private sealed class ServedCluster(HttpLearningCluster client, GatewayServer gateway, EmbeddedCluster engine) : ForwardingCluster
    {
        protected override ILearningCluster Inner => client;

        public override async ValueTask DisposeAsync()
        {
            await client.DisposeAsync();
            await gateway.DisposeAsync();
            await engine.DisposeAsync();
        }
    }
}
