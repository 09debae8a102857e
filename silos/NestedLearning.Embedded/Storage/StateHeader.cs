using System.Buffers.Binary;
using System.Globalization;
using NestedLearning.Tiers;

namespace NestedLearning.Embedded;

/// <summary>
/// The first 32 bytes of a state file, little-endian, in every format version:
/// <c>magic 4 | format version 4 | revision 8 | payload length 8 | payload CRC-32C 4 | CRC-32C of the 28 before 4</c>.
/// </summary>
/// <param name="Version">The format of what follows the header.</param>
/// <param name="Revision">1 for the first save of a key; every later save adds 1.</param>
/// <param name="PayloadLength">The bytes after the header; the file ends there.</param>
/// <param name="PayloadChecksum">CRC-32C of the payload.</param>
internal readonly record struct StateHeader(uint Version, long Revision, long PayloadLength, uint PayloadChecksum)
{
    /// <summary>The size of the header in bytes.</summary>
    public const int SizeBytes = 32;

    /// <summary>The format that this program writes and reads.</summary>
    public const uint CurrentVersion = 1;

    private const int ChecksumOffset = SizeBytes - sizeof(uint);

    private static ReadOnlySpan<byte> Magic => "NLST"u8;

    /// <summary>
    /// The tag of the state. The revision tells saves of equal bytes apart; the checksum tells a state from an earlier
    /// one of the same revision that was deleted in between.
    /// </summary>
    public string ETag => string.Create(CultureInfo.InvariantCulture, $"{Revision}-{PayloadChecksum:x8}");

    /// <summary>The header of a save that follows <paramref name="previous"/>.</summary>
    public static StateHeader Next(StateHeader? previous, ReadOnlySpan<byte> payload) =>
        new(CurrentVersion, (previous?.Revision ?? 0) + 1, payload.Length, Crc32C.Compute(payload));

    /// <summary>Writes the header's <see cref="SizeBytes"/> bytes.</summary>
    public void WriteTo(Span<byte> bytes)
    {
        Magic.CopyTo(bytes);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[4..], Version);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[8..], Revision);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[16..], PayloadLength);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[24..], PayloadChecksum);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[ChecksumOffset..], Crc32C.Compute(bytes[..ChecksumOffset]));
    }

    /// <summary>Reads a header; false with the reason when the bytes are not one that was written.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out StateHeader header, out string damage)
    {
        header = default;
        damage = bytes.Length < SizeBytes ? $"it ends after {bytes.Length} of {SizeBytes} header bytes"
            : !bytes.StartsWith(Magic) ? "it is not a state file"
            : BinaryPrimitives.ReadUInt32LittleEndian(bytes[ChecksumOffset..]) != Crc32C.Compute(bytes[..ChecksumOffset])
                ? "the checksum of its header differs"
            : "";
        if (damage.Length > 0)
        {
            return false;
        }

        header = new StateHeader(
            BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[8..]),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[16..]),
            BinaryPrimitives.ReadUInt32LittleEndian(bytes[24..]));
        return true;
    }
}
