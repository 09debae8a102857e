namespace NestedLearning.Tiers;

/// <summary>What a frame carries, and so who reads it.</summary>
public enum FrameKind : byte
{
    /// <summary>One source's contribution to one level for one period, on its way up.</summary>
    Update = 1,

    /// <summary>A level's state after a fold, in full, on its way down.</summary>
    Version = 2,

    /// <summary>The difference between two versions of a level, on its way down.</summary>
    VersionDelta = 3,

    /// <summary>The state of a memory or of a consolidator, as a store keeps it.</summary>
    Snapshot = 4,
}
