using NestedLearning.Models;

namespace NestedLearning.Tiers;

/// <summary>Who sent an encoded frame that was checked before, without decoding what it brings.</summary>
internal static class FrameSource
{
    public static SourceId? Read(ReadOnlySpan<byte> frame)
    {
        ByteReader reader = new(frame);
        return FrameReader.ReadHeader(ref reader, out _).Source;
    }
}
