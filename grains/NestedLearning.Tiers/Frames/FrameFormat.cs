namespace NestedLearning.Tiers;

/// <summary>The constants of the layout; <c>docs/protocol.md</c> draws it byte by byte.</summary>
internal static class FrameFormat
{
    /// <summary>"NLFR" as its four bytes are read in little-endian order.</summary>
    public const uint Magic = 0x52464C4E;

    public const ushort Version = 1;

    /// <summary>The bytes before the ids; every field in them has a fixed place.</summary>
    public const int FixedHeaderBytes = 48;

    /// <summary>A header without ids and tensors, and the checksum.</summary>
    public const int SmallestFrameBytes = FixedHeaderBytes + 3 + ChecksumBytes;

    /// <summary>A directory entry without its name and its dimensions.</summary>
    public const int FixedEntryBytes = 1 + 1 + 1 + 8 + 8;

    public const int ChecksumBytes = 4;

    /// <summary>Payloads start at multiples of a cache line, so that readers may map them as vectors.</summary>
    public const int Alignment = 64;

    public const int MaxRank = 8;

    public const int MaxNameLength = 64;

    /// <summary>
    /// Where a payload of this length starts when the bytes before it end at <paramref name="end"/>: the next multiple
    /// of <see cref="Alignment"/>, or 0 for an empty payload, which takes no bytes and no padding.
    /// </summary>
    public static long PayloadOffset(long end, long length) => length == 0 ? 0 : (end + Alignment - 1) & -Alignment;
}
