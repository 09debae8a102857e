using System.Buffers.Binary;

namespace NestedLearning.Tiers;

/// <summary>The base version in an encoded frame. Its place is fixed, so it changes without coding anything again.</summary>
internal static class FrameBase
{
    private const int Offset = 24;

    public static long Read(ReadOnlySpan<byte> frame) => BinaryPrimitives.ReadInt64LittleEndian(frame[Offset..]);

    /// <summary>The same frame on another base.</summary>
    public static byte[] Move(ReadOnlySpan<byte> frame, long baseVersion)
    {
        byte[] moved = frame.ToArray();
        int end = moved.Length - FrameFormat.ChecksumBytes;
        BinaryPrimitives.WriteInt64LittleEndian(moved.AsSpan(Offset), baseVersion);
        BinaryPrimitives.WriteUInt32LittleEndian(moved.AsSpan(end), Crc32C.Compute(moved.AsSpan(0, end)));
        return moved;
    }
}
