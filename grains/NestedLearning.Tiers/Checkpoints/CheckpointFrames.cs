using NestedLearning.Models;

namespace NestedLearning.Tiers;

/// <summary>
/// A level of a checkpoint as frames, exact to the bit: its version, and where it has statistics a second one with these, as neither
/// need fit into one array with the other.
/// </summary>
public static class CheckpointFrames
{
    /// <summary>The frames of a level.</summary>
    /// <exception cref="FrameException">A tensor cannot be written, for example NaN.</exception>
    public static IReadOnlyList<byte[]> Encode(ModelId model, CheckpointLevel level)
    {
        byte[] version = LevelVersions.Encode(model, level.Level, level.Version);
        return level.Statistics.Count == 0
            ? [version]
            : [version, StateFrames.Encode(new FrameHeader(FrameKind.Snapshot, model) { Level = level.Level }, level.Statistics, EncodingPolicy.Lossless)];
    }

    /// <summary>The level that frames are of.</summary>
    /// <exception cref="FrameException">They are no whole frames of a level.</exception>
    public static CheckpointLevel Decode(ModelId model, LevelId level, IReadOnlyList<ReadOnlyMemory<byte>> frames)
    {
        LevelVersion version = LevelVersions.Follow(null, frames[0]);
        return new CheckpointLevel(level, version) { Statistics = frames.Count > 1 ? StateFrames.Decode(frames[1], model) : [] };
    }
}
