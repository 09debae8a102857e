using Orleans.Placement;

namespace NestedLearning.Grains.Tests.Placement;

/// <summary>A grain that knows where it is.</summary>
public interface IPlacedGrain : IGrainWithStringKey
{
    /// <summary>The silo that it was placed on.</summary>
    Task<SiloAddress> GetSiloAsync();
}

/// <summary>Is placed as fast memories are.</summary>
public interface IPlacedMemory : IPlacedGrain;

/// <summary>Is placed as consolidators are.</summary>
public interface IPlacedShard : IPlacedGrain;

[ComputePlacementFilter]
[ActivationCountBasedPlacement]
internal sealed class PlacedMemory(ILocalSiloDetails silo) : Grain, IPlacedMemory
{
    public Task<SiloAddress> GetSiloAsync() => Task.FromResult(silo.SiloAddress);
}

[StoragePlacementFilter]
[ShardPlacement]
internal sealed class PlacedShard(ILocalSiloDetails silo) : Grain, IPlacedShard
{
    public Task<SiloAddress> GetSiloAsync() => Task.FromResult(silo.SiloAddress);
}
