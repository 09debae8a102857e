using System.Buffers.Binary;
using NestedLearning.Models;
using NestedLearning.Tensors;

namespace NestedLearning.Tiers;

/// <summary>Reads a frame, trusting nothing: envelope, header and directory are checked before the first payload.</summary>
internal static class FrameReader
{
    public static Frame Read(ReadOnlySpan<byte> frame, FrameLimits limits)
    {
        CheckEnvelope(frame, limits);
        ReadOnlySpan<byte> content = frame[..^FrameFormat.ChecksumBytes];
        ByteReader reader = new(content);
        FrameHeader header = ReadHeader(ref reader, out uint count);
        TensorEntry[] directory = DirectoryReader.Read(ref reader, count, limits);
        DirectoryReader.CheckLayout(directory, content, reader.Position);
        DirectoryReader.CheckExpansion(directory, limits);

        TensorSet tensors = new();
        foreach (TensorEntry entry in directory)
        {
            ReadOnlySpan<byte> payload = content.Slice((int)entry.Offset, (int)entry.Length);
            tensors.Add(TensorCodecs.Get(entry.Encoding, entry.Name).Decode(entry, payload, limits));
        }

        return new Frame(header, tensors);
    }

    /// <summary>The length that a frame states.</summary>
    /// <exception cref="FrameException">It is no frame, or longer than an array.</exception>
    public static int ReadLength(ReadOnlySpan<byte> beginning)
    {
        ByteReader reader = new(beginning);
        if (reader.UInt32("Magic") != FrameFormat.Magic)
        {
            throw new FrameException(FrameProblem.BadMagic, "Magic", "is not that of a frame");
        }

        reader.Take(4, "Kind");
        long length = reader.Int64("Length");
        return length >= FrameFormat.SmallestFrameBytes && length <= Array.MaxLength
            ? (int)length
            : throw new FrameException(FrameProblem.BadValue, "Length", $"is {length}, accepted is {FrameFormat.SmallestFrameBytes} to {Array.MaxLength}");
    }

    private static void CheckEnvelope(ReadOnlySpan<byte> frame, FrameLimits limits)
    {
        if (frame.Length > limits.MaxFrameBytes)
        {
            throw new FrameException(FrameProblem.TooLarge, "Length", $"is {frame.Length} bytes, accepted are {limits.MaxFrameBytes}");
        }

        ByteReader reader = new(frame);
        if (reader.UInt32("Magic") != FrameFormat.Magic)
        {
            throw new FrameException(FrameProblem.BadMagic, "Magic", "is not that of a frame");
        }

        ushort version = reader.UInt16("Version");
        if (version != FrameFormat.Version)
        {
            throw new FrameException(FrameProblem.UnknownVersion, "Version", $"is {version}, accepted is {FrameFormat.Version}");
        }

        reader.Take(2, "Kind");
        long length = reader.Int64("Length");
        if (length != frame.Length)
        {
            FrameProblem problem = length > frame.Length ? FrameProblem.Truncated : FrameProblem.TrailingBytes;
            throw new FrameException(problem, "Length", $"is {length} where {frame.Length} bytes are given");
        }

        if (length < FrameFormat.SmallestFrameBytes)
        {
            throw new FrameException(FrameProblem.Truncated, "Length", $"is {length}, accepted is {FrameFormat.SmallestFrameBytes} or more");
        }

        uint stated = BinaryPrimitives.ReadUInt32LittleEndian(frame[^FrameFormat.ChecksumBytes..]);
        uint actual = Crc32C.Compute(frame[..^FrameFormat.ChecksumBytes]);
        if (stated != actual)
        {
            throw new FrameException(FrameProblem.BadChecksum, "Checksum", $"is {stated:x8} where the content gives {actual:x8}");
        }
    }

    public static FrameHeader ReadHeader(ref ByteReader reader, out uint tensors)
    {
        reader.Take(6, "Magic");
        FrameKind kind = (FrameKind)reader.Byte("Kind");
        UpdateKind updateKind = (UpdateKind)reader.Byte("UpdateKind");
        reader.Take(8, "Length");
        long sequence = reader.Int64("Sequence");
        long baseVersion = reader.Int64("BaseVersion");
        long events = reader.Int64("Events");
        int shard = reader.Int32("Shard");
        tensors = reader.UInt32("Tensors");
        string model = reader.ShortText("Model");
        string level = reader.ShortText("Level");
        string source = reader.ShortText("Source");
        FrameHeader header = new(kind, ReadId("Model", model, text => new ModelId(text)))
        {
            UpdateKind = updateKind,
            Sequence = sequence,
            BaseVersion = baseVersion,
            Events = events,
            Shard = shard,
            Level = level.Length == 0 ? null : ReadId("Level", level, text => new LevelId(text)),
            Source = source.Length == 0 ? null : ReadId("Source", source, text => new SourceId(text)),
        };
        FrameRules.Check(header);
        return header;
    }

    private static T ReadId<T>(string field, string text, Func<string, T> parse)
    {
        try
        {
            return parse(text);
        }
        catch (InvalidIdException error)
        {
            throw new FrameException(FrameProblem.BadId, field, "is not an id", error);
        }
    }
}
