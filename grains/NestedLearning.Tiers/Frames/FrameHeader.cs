using NestedLearning.Models;

namespace NestedLearning.Tiers;

/// <summary>
/// What a frame says about its tensors. An update names its level and its source, a version its level; a snapshot
/// needs neither. Numbers are never negative.
/// </summary>
/// <param name="Kind">What the frame carries.</param>
/// <param name="Model">The model that it belongs to.</param>
public sealed record FrameHeader(FrameKind Kind, ModelId Model)
{
    /// <summary>The level, or null for the snapshot of a memory.</summary>
    public LevelId? Level { get; init; }

    /// <summary>Which part of the level this is; 0 for a level in one piece.</summary>
    public int Shard { get; init; }

    /// <summary>The sender of an update, or null.</summary>
    public SourceId? Source { get; init; }

    /// <summary>The sender's own rising number of an update, or the number of a version.</summary>
    public long Sequence { get; init; }

    /// <summary>The version that an update was computed on, or that a delta starts from.</summary>
    public long BaseVersion { get; init; }

    /// <summary>How many events are behind the tensors.</summary>
    public long Events { get; init; }

    /// <summary>How the level folds the tensors.</summary>
    public UpdateKind UpdateKind { get; init; }
}
