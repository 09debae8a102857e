namespace NestedLearning.Grains;

/// <summary>Spreads the shards of one level evenly over the silos.</summary>
[GenerateSerializer, Immutable, SuppressReferenceTracking, Alias("nl.ShardPlacement")]
internal sealed class ShardPlacement : PlacementStrategy
{
    public static ShardPlacement Singleton { get; } = new();
}
