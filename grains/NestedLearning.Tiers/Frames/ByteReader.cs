using System.Buffers.Binary;
using System.Text;

namespace NestedLearning.Tiers;

/// <summary>Reads little-endian values one after the other; whatever is missing is refused under its field's name.</summary>
internal ref struct ByteReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    public int Position { get; private set; }

    public readonly int Remaining => _bytes.Length - Position;

    public ReadOnlySpan<byte> Take(long length, string field)
    {
        if (length < 0 || length > Remaining)
        {
            throw new FrameException(FrameProblem.Truncated, field, $"needs {length} bytes where {Remaining} are left");
        }

        ReadOnlySpan<byte> taken = _bytes.Slice(Position, (int)length);
        Position += (int)length;
        return taken;
    }

    public byte Byte(string field) => Take(sizeof(byte), field)[0];

    public ushort UInt16(string field) => BinaryPrimitives.ReadUInt16LittleEndian(Take(sizeof(ushort), field));

    public uint UInt32(string field) => BinaryPrimitives.ReadUInt32LittleEndian(Take(sizeof(uint), field));

    public int Int32(string field) => BinaryPrimitives.ReadInt32LittleEndian(Take(sizeof(int), field));

    public long Int64(string field) => BinaryPrimitives.ReadInt64LittleEndian(Take(sizeof(long), field));

    /// <summary>An id or a name: its length in one byte, then one byte for each character.</summary>
    public string ShortText(string field) => Encoding.Latin1.GetString(Take(Byte(field), field));

    /// <summary>The varints of one byte that come next, up to <paramref name="most"/>; each byte is its value.</summary>
    public ReadOnlySpan<byte> OneByteVarints(int most)
    {
        ReadOnlySpan<byte> next = _bytes.Slice(Position, Math.Min(most, Remaining));
        int longer = next.IndexOfAnyInRange((byte)0x80, byte.MaxValue);
        ReadOnlySpan<byte> run = longer < 0 ? next : next[..longer];
        Position += run.Length;
        return run;
    }

    /// <summary>An unsigned integer of 1 to 10 bytes.</summary>
    public ulong Varint(string field)
    {
        if (Position < _bytes.Length && _bytes[Position] < 0x80)
        {
            return _bytes[Position++];
        }

        int size = Tiers.Varint.Read(_bytes[Position..], out ulong value);
        if (size == 0)
        {
            throw new FrameException(
                FrameProblem.BadVarint, field, "holds an integer that ends early, is over 64 bits or is longer than it needs");
        }

        Position += size;
        return value;
    }
}
