using System.Buffers.Binary;
using System.Numerics;

namespace NestedLearning.Tiers;

/// <summary>
/// CRC-32C (Castagnoli, reflected, initial and final value all ones), as iSCSI and ext4 use it: finds every burst of
/// damage up to 32 bits.
/// </summary>
public static class Crc32C
{
    /// <summary>The checksum of <paramref name="bytes"/>; of the ASCII digits 1 to 9 it is e3069283.</summary>
    public static uint Compute(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        while (bytes.Length >= sizeof(ulong))
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[sizeof(ulong)..];
        }

        foreach (byte value in bytes)
        {
            crc = BitOperations.Crc32C(crc, value);
        }

        return ~crc;
    }
}
