using NestedLearning.Contracts;
using NestedLearning.Embedded;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Client.Orleans.Tests;

/// <summary>What every engine promises holds for a .NET service that talks to silos.</summary>
public sealed class OrleansClusterContractTests : LearningClusterTests
{
    protected override ITierStore CreateStore() => new MemoryTierStore();

    protected override async ValueTask<ILearningCluster> OpenAsync(ITierStore store, TimeProvider time) =>
        new Served(await TestSilos.StartAsync(2, store, time));

    /// <summary>A client and the silos that it talks to, closed together.</summary>
    private sealed class Served(TestSilos silos) : ILearningCluster
    {
        public ValueTask CreateModelAsync(ModelId model, ModelSpec spec, RoundPolicy policy, CancellationToken cancellationToken) =>
            silos.Client.CreateModelAsync(model, spec, policy, cancellationToken);

        public ValueTask<FeedReceipt> FeedAsync(MemoryAddress memory, EventBatch batch, CancellationToken cancellationToken) =>
            silos.Client.FeedAsync(memory, batch, cancellationToken);

        public ValueTask<Receipt> FlushAsync(
            MemoryAddress memory, SourceId source, FlushTicket ticket, CancellationToken cancellationToken) =>
            silos.Client.FlushAsync(memory, source, ticket, cancellationToken);

        public ValueTask<IReadOnlyList<Prediction>> PredictAsync(
            MemoryAddress memory, IReadOnlyList<ModelInput> inputs, CancellationToken cancellationToken) =>
            silos.Client.PredictAsync(memory, inputs, cancellationToken);

        public ValueTask<IReadOnlyList<LevelStatus>> GetLevelsAsync(ModelId model, CancellationToken cancellationToken) =>
            silos.Client.GetLevelsAsync(model, cancellationToken);

        public ValueTask<MemoryStatus> GetMemoryAsync(MemoryAddress memory, CancellationToken cancellationToken) =>
            silos.Client.GetMemoryAsync(memory, cancellationToken);

        public ValueTask<LevelVersion> GetVersionAsync(ModelId model, LevelId level, CancellationToken cancellationToken) =>
            silos.Client.GetVersionAsync(model, level, cancellationToken);

        public ValueTask<IReadOnlyList<VersionRecord>> GetVersionsAsync(
            ModelId model, LevelId level, long before, int count, CancellationToken cancellationToken) =>
            silos.Client.GetVersionsAsync(model, level, before, count, cancellationToken);

        public ValueTask<LineageEntry> RollbackAsync(
            ModelId model, LevelId level, long version, long from, CancellationToken cancellationToken) =>
            silos.Client.RollbackAsync(model, level, version, from, cancellationToken);

        public ValueTask<LineageEntry> ReplayAsync(ModelId model, LevelId level, long version, CancellationToken cancellationToken) =>
            silos.Client.ReplayAsync(model, level, version, cancellationToken);

        public ValueTask<ConsolidationReport> ConsolidateAsync(ModelId model, LevelId? level, CancellationToken cancellationToken) =>
            silos.Client.ConsolidateAsync(model, level, cancellationToken);

        public ValueTask DisposeAsync() => silos.DisposeAsync();
    }
}
