using System.Net;
using NestedLearning.Contracts;
using NestedLearning.Embedded;
using NestedLearning.Gateway;
using NestedLearning.Models;
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
    private sealed class ServedCluster(HttpLearningCluster client, GatewayServer gateway, EmbeddedCluster engine) : ILearningCluster
    {
        public ValueTask CreateModelAsync(ModelId model, ModelSpec spec, RoundPolicy policy, CancellationToken cancellationToken) =>
            client.CreateModelAsync(model, spec, policy, cancellationToken);

        public ValueTask<FeedReceipt> FeedAsync(MemoryAddress memory, EventBatch batch, CancellationToken cancellationToken) =>
            client.FeedAsync(memory, batch, cancellationToken);

        public ValueTask<Receipt> FlushAsync(
            MemoryAddress memory, SourceId source, FlushTicket ticket, CancellationToken cancellationToken) =>
            client.FlushAsync(memory, source, ticket, cancellationToken);

        public ValueTask<IReadOnlyList<Prediction>> PredictAsync(
            MemoryAddress memory, IReadOnlyList<ModelInput> inputs, CancellationToken cancellationToken) =>
            client.PredictAsync(memory, inputs, cancellationToken);

        public ValueTask<IReadOnlyList<LevelStatus>> GetLevelsAsync(ModelId model, CancellationToken cancellationToken) =>
            client.GetLevelsAsync(model, cancellationToken);

        public ValueTask<MemoryStatus> GetMemoryAsync(MemoryAddress memory, CancellationToken cancellationToken) =>
            client.GetMemoryAsync(memory, cancellationToken);

        public ValueTask<LevelVersion> GetVersionAsync(ModelId model, LevelId level, CancellationToken cancellationToken) =>
            client.GetVersionAsync(model, level, cancellationToken);

        public ValueTask<IReadOnlyList<VersionRecord>> GetVersionsAsync(
            ModelId model, LevelId level, long before, int count, CancellationToken cancellationToken) =>
            client.GetVersionsAsync(model, level, before, count, cancellationToken);

        public ValueTask<LineageEntry> RollbackAsync(
            ModelId model, LevelId level, long version, long from, CancellationToken cancellationToken) =>
            client.RollbackAsync(model, level, version, from, cancellationToken);

        public ValueTask<LineageEntry> ReplayAsync(ModelId model, LevelId level, long version, CancellationToken cancellationToken) =>
            client.ReplayAsync(model, level, version, cancellationToken);

        public ValueTask<ConsolidationReport> ConsolidateAsync(ModelId model, LevelId? level, CancellationToken cancellationToken) =>
            client.ConsolidateAsync(model, level, cancellationToken);

        public async ValueTask DisposeAsync()
        {
            await client.DisposeAsync();
            await gateway.DisposeAsync();
            await engine.DisposeAsync();
        }
    }
}
