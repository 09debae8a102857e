using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NestedLearning.Tiers;
using Orleans.Storage;
using Orleans.TestingHost;

namespace NestedLearning.Grains.Tests.Cluster;

/// <summary>A grain storage of Orleans that outlives the clusters under test, as a real one does.</summary>
public abstract class GrainStorageFixture : IAsyncLifetime
{
    private InProcessTestCluster? _host;
    private int _stores;

    public virtual async Task InitializeAsync()
    {
        InProcessTestClusterBuilder builder = new(1);
        builder.Options.ConfigureFileLogging = false;
        builder.ConfigureHost(host => host.Logging.SetMinimumLevel(LogLevel.None));
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddKeyedSingleton<IGrainStorageSerializer>(TierStorage.ProviderName, new TierStateSerializer());
            AddStorage(silo);
        });
        _host = builder.Build();
        await _host.DeployAsync();
    }

    public virtual async Task DisposeAsync()
    {
        if (_host is not null)
        {
            await _host.EndAsync();
        }
    }

    /// <summary>A store with nothing in it.</summary>
    public ITierStore CreateStore()
    {
        IGrainStorage storage = _host!.GetSiloServiceProvider().GetRequiredKeyedService<IGrainStorage>(TierStorage.ProviderName);
        return new GrainTierStore(new SeparateStorage(storage, $"store-{Interlocked.Increment(ref _stores)}-"));
    }

    protected abstract void AddStorage(ISiloBuilder silo);

    /// <summary>A part of a storage: its states have names of their own.</summary>
    private sealed class SeparateStorage(IGrainStorage storage, string prefix) : IGrainStorage
    {
        public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
            storage.ReadStateAsync(prefix + stateName, grainId, grainState);

        public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
            storage.WriteStateAsync(prefix + stateName, grainId, grainState);

        public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
            storage.ClearStateAsync(prefix + stateName, grainId, grainState);
    }
}

/// <summary>States in the memory of Orleans.</summary>
public sealed class MemoryStorageFixture : GrainStorageFixture
{
    protected override void AddStorage(ISiloBuilder silo) => silo.AddMemoryGrainStorage(TierStorage.ProviderName);
}

/// <summary>States in Azure Blob Storage, as Azurite emulates it.</summary>
public sealed class BlobStorageFixture : GrainStorageFixture
{
    private readonly Azurite _azurite = new();

    public override async Task InitializeAsync()
    {
        await _azurite.StartAsync();
        await base.InitializeAsync();
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        _azurite.Dispose();
    }

    protected override void AddStorage(ISiloBuilder silo) => silo.AddAzureBlobGrainStorage(TierStorage.ProviderName, options =>
    {
        options.BlobServiceClient = new Azure.Storage.Blobs.BlobServiceClient(_azurite.ConnectionString);
        options.ContainerName = "tiers";
    });
}
