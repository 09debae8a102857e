using Orleans.Placement;

namespace NestedLearning.Grains;

/// <summary>
/// Marks the owner of one shard of a level, with the key <c>model/level/shard</c>: the shards of a level are spread evenly
/// over the silos that may have them, starting at another silo for every level.
/// </summary>
/// <remarks>
/// Where a shard is decided when it is activated. When silos come and go, those that run stay where they are.
/// </remarks>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ShardPlacementAttribute() : PlacementAttribute(ShardPlacement.Singleton);
