using System.Buffers.Binary;
using System.Text;

namespace NestedLearning.Tiers;

/// <summary>Writes a planned frame into a buffer of exactly its length; no byte of the buffer stays as it was.</summary>
internal static class FrameWriter
{
    public static void Write(FramePlan plan, Span<byte> frame)
    {
        Span<byte> rest = WriteHeader(plan, frame);
        foreach (TensorEntry entry in plan.Entries)
        {
            rest = WriteEntry(entry, rest);
        }

        int end = frame.Length - rest.Length;
        for (int i = 0; i < plan.Entries.Count; i++)
        {
            TensorEntry entry = plan.Entries[i];
            if (entry.Length > 0)
            {
                frame[end..(int)entry.Offset].Clear();
                end = (int)(entry.Offset + entry.Length);
                plan.Codecs[i].Encode(plan.Frame.Tensors[i], frame.Slice((int)entry.Offset, (int)entry.Length));
            }
        }

        BinaryPrimitives.WriteUInt32LittleEndian(frame[end..], Crc32C.Compute(frame[..end]));
    }

    private static Span<byte> WriteHeader(FramePlan plan, Span<byte> frame)
    {
        FrameHeader header = plan.Frame.Header;
        BinaryPrimitives.WriteUInt32LittleEndian(frame, FrameFormat.Magic);
        BinaryPrimitives.WriteUInt16LittleEndian(frame[4..], FrameFormat.Version);
        frame[6] = (byte)header.Kind;
        frame[7] = (byte)header.UpdateKind;
        BinaryPrimitives.WriteInt64LittleEndian(frame[8..], plan.Length);
        BinaryPrimitives.WriteInt64LittleEndian(frame[16..], header.Sequence);
        BinaryPrimitives.WriteInt64LittleEndian(frame[24..], header.BaseVersion);
        BinaryPrimitives.WriteInt64LittleEndian(frame[32..], header.Events);
        BinaryPrimitives.WriteInt32LittleEndian(frame[40..], header.Shard);
        BinaryPrimitives.WriteInt32LittleEndian(frame[44..], plan.Entries.Count);
        Span<byte> rest = WriteShort(header.Model.Value, frame[FrameFormat.FixedHeaderBytes..]);
        rest = WriteShort(header.Level?.Value ?? "", rest);
        return WriteShort(header.Source?.Value ?? "", rest);
    }

    private static Span<byte> WriteEntry(TensorEntry entry, Span<byte> rest)
    {
        rest = WriteShort(entry.Name, rest);
        rest[0] = (byte)entry.Encoding;
        rest[1] = (byte)entry.Shape.Length;
        rest = rest[2..];
        foreach (int dimension in entry.Shape)
        {
            BinaryPrimitives.WriteInt32LittleEndian(rest, dimension);
            rest = rest[sizeof(int)..];
        }

        BinaryPrimitives.WriteInt64LittleEndian(rest, entry.Offset);
        BinaryPrimitives.WriteInt64LittleEndian(rest[8..], entry.Length);
        return rest[16..];
    }

    /// <summary>An id or a name: its length in one byte, then its characters, which are all ASCII.</summary>
    private static Span<byte> WriteShort(string text, Span<byte> rest)
    {
        rest[0] = (byte)text.Length;
        return rest[(1 + Encoding.ASCII.GetBytes(text, rest[1..]))..];
    }
}
