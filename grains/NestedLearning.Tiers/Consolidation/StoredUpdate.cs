namespace NestedLearning.Tiers;

/// <summary>An update as a level keeps it.</summary>
/// <param name="Frame">Its bytes, exactly as they came.</param>
/// <param name="At">When it came into the level, by the level's clock.</param>
public readonly record struct StoredUpdate(ReadOnlyMemory<byte> Frame, long At);
