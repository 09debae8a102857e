using System.Buffers;
using System.Buffers.Binary;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Client;

/// <summary>
/// A record of a spool file: the length of what follows the header, that length inverted, CRC-32C of what follows; then the
/// number up to which the source's events were durable, and events as lines. Little-endian.
/// </summary>
/// <remarks>The length is there twice so that a damaged one is not taken for a record that a crash cut off.</remarks>
internal static class SpoolRecord
{
    public const int HeaderBytes = 3 * sizeof(uint);

    private static readonly ReadingLimits Limits = new() { MaxTextLength = int.MaxValue, MaxNameLength = int.MaxValue, MaxLineBytes = int.MaxValue };

    /// <summary>Writes a record.</summary>
    public static ReadOnlyMemory<byte> Write(long durableThrough, IEnumerable<LearningEvent> events)
    {
        ArrayBufferWriter<byte> record = new();
        BinaryPrimitives.WriteInt64LittleEndian(record.GetSpan(HeaderBytes + sizeof(long))[HeaderBytes..], durableThrough);
        record.Advance(HeaderBytes + sizeof(long));
        foreach (LearningEvent next in events)
        {
            EventWriter.WriteLine(record, next);
        }

        byte[] bytes = record.WrittenSpan.ToArray();
        uint length = (uint)(bytes.Length - HeaderBytes);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, length);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(4), ~length);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(8), Crc32C.Compute(bytes.AsSpan(HeaderBytes)));
        return bytes;
    }

    /// <summary>How long the record at the beginning of some bytes is, with its header.</summary>
    /// <returns>Null where a crash cut it off; -1 where it is damaged.</returns>
    public static int? LengthOf(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < HeaderBytes || bytes.IndexOfAnyExcept((byte)0) < 0)
        {
            return null;
        }

        uint length = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
        if (length != ~BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]) || length < sizeof(long))
        {
            return -1;
        }

        if (length > bytes.Length - HeaderBytes)
        {
            return null;
        }

        ReadOnlySpan<byte> body = bytes.Slice(HeaderBytes, (int)length);
        bool isLast = body.Length == bytes.Length - HeaderBytes;
        return Crc32C.Compute(body) == BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]) ? HeaderBytes + body.Length : isLast ? null : -1;
    }

    /// <summary>What a record holds.</summary>
    /// <exception cref="DataException">It holds no events.</exception>
    public static async Task<(long DurableThrough, IReadOnlyList<LearningEvent> Events)> ReadAsync(
        ReadOnlyMemory<byte> record, CancellationToken cancellationToken)
    {
        List<LearningEvent> events = [];
        byte[] lines = record[(HeaderBytes + sizeof(long))..].ToArray();
        using EventReader reader = new(new MemoryStream(lines), "spool", Limits);
        while (await reader.NextAsync(cancellationToken) is { } line)
        {
            events.Add(line.Event);
        }

        return (BinaryPrimitives.ReadInt64LittleEndian(record.Span[HeaderBytes..]), events);
    }
}
