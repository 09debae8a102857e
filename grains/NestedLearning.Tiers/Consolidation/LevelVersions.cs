using NestedLearning.Models;

namespace NestedLearning.Tiers;

/// <summary>How a memory follows the versions of a level.</summary>
public static class LevelVersions
{
    /// <summary>A whole version as a frame, exact to the bit; <see cref="Follow"/> reads it.</summary>
    public static byte[] Encode(ModelId model, LevelId level, LevelVersion version) => FrameCodec.Encode(
        new Frame(
            new FrameHeader(FrameKind.Version, model) { Level = level, Sequence = version.Number, Events = version.Events },
            version.Tensors),
        EncodingPolicy.Lossless);

    /// <summary>
    /// The version that a frame leads to: a whole one stands for itself, a difference is a step from the last one.
    /// </summary>
    /// <exception cref="FrameException">The bytes are no version, or a difference to another one than the last.</exception>
    public static LevelVersion Follow(LevelVersion? last, ReadOnlyMemory<byte> frame) =>
        VersionDelta.Follow(last, FrameCodec.Decode(frame, StateFrames.Limits));
}
