namespace NestedLearning.Grains;

/// <summary>What becomes of a memory when no silo has the compute that its model asks for.</summary>
public enum PlacementFallback
{
    /// <summary>It is placed on any silo that can run it, slower than wanted. It stays there until it is deactivated.</summary>
    AnySilo,

    /// <summary>The call that needed it fails with a <see cref="ComputeUnavailableException"/>.</summary>
    Refuse,
}
