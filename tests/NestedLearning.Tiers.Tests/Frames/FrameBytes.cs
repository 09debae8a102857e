using System.Buffers.Binary;

namespace NestedLearning.Tiers.Tests;

/// <summary>Changes encoded frames: forged ones get a correct length and checksum, so that they reach the parser.</summary>
internal static class FrameBytes
{
    private const int LengthOffset = 8;
    private const int ChecksumBytes = 4;

    /// <summary>Corrects length and checksum in place and returns the bytes.</summary>
    public static byte[] Forge(byte[] bytes)
    {
        if (bytes.Length >= LengthOffset + sizeof(long) + ChecksumBytes)
        {
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(LengthOffset), bytes.Length);
            uint checksum = Crc32C.Compute(bytes.AsSpan(..^ChecksumBytes));
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(^ChecksumBytes..), checksum);
        }

        return bytes;
    }

    /// <summary>A copy with one to three random changes; <paramref name="other"/> gives material for splices.</summary>
    public static byte[] Mutate(Random random, byte[] bytes, byte[] other)
    {
        for (int changes = random.Next(1, 4); changes > 0; changes--)
        {
            bytes = MutateOnce(random, bytes, other);
        }

        return bytes;
    }

    private static byte[] MutateOnce(Random random, byte[] bytes, byte[] other)
    {
        int at = random.Next(bytes.Length + 1);
        byte[] before = bytes[..at];
        byte[] after = bytes[at..];
        switch (random.Next(6))
        {
            case 0:
                return before;
            case 1:
                byte[] inserted = new byte[random.Next(1, 70)];
                random.NextBytes(inserted);
                return [.. before, .. inserted, .. after];
            case 2:
                return [.. before, .. other[random.Next(other.Length)..]];
            case 3:
                return [.. before, .. after.Skip(random.Next(1, 70))];
            case 4:
                byte[] extreme = BitConverter.GetBytes(random.Next(2) == 0 ? long.MaxValue >> random.Next(64) : -1L);
                return [.. before, .. extreme, .. after.Skip(extreme.Length)];
            default:
                byte[] flipped = [.. bytes];
                if (at < flipped.Length)
                {
                    flipped[at] ^= (byte)(1 << random.Next(8));
                }

                return flipped;
        }
    }
}
