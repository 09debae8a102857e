namespace NestedLearning.Grains;

/// <summary>A state as grain storage sees it: bytes that only their owner reads.</summary>
[GenerateSerializer]
[Alias("nl.TierState")]
public sealed class TierState
{
    /// <summary>The state; empty where there is none.</summary>
    [Id(0)]
    public byte[] Bytes { get; set; } = [];
}
