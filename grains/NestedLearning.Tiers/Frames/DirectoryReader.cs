namespace NestedLearning.Tiers;

/// <summary>Reads the lines that say what a frame's tensors are and where they lie, and checks both.</summary>
internal static class DirectoryReader
{
    public static TensorEntry[] Read(ref ByteReader reader, uint count, FrameLimits limits)
    {
        if (count > limits.MaxTensors || count > reader.Remaining / FrameFormat.FixedEntryBytes)
        {
            throw new FrameException(
                FrameProblem.TooLarge, "Tensors", $"are {count} in {reader.Remaining} bytes, accepted are {limits.MaxTensors}");
        }

        TensorEntry[] directory = new TensorEntry[count];
        HashSet<string> names = new((int)count, StringComparer.Ordinal);
        for (int i = 0; i < directory.Length; i++)
        {
            directory[i] = ReadEntry(ref reader);
            if (!names.Add(directory[i].Name))
            {
                throw new FrameException(FrameProblem.BadName, directory[i].Name, "occurs twice");
            }
        }

        return directory;
    }

    /// <summary>Payloads follow each other in the directory's order, each where the rule puts it, zeros between them.</summary>
    public static void CheckLayout(TensorEntry[] directory, ReadOnlySpan<byte> content, int end)
    {
        foreach (TensorEntry entry in directory)
        {
            long offset = FrameFormat.PayloadOffset(end, entry.Length);
            if (entry.Length < 0 || entry.Offset != offset || entry.Length > content.Length - offset)
            {
                throw new FrameException(
                    FrameProblem.BadLayout, entry.Name, $"lies at {entry.Offset} with {entry.Length} bytes, accepted is {offset} within {content.Length}");
            }

            if (entry.Length > 0)
            {
                CheckPadding(content[end..(int)offset], entry.Name);
                end = (int)(offset + entry.Length);
            }
        }

        if (end != content.Length)
        {
            throw new FrameException(FrameProblem.TrailingBytes, "Length", $"leaves {content.Length - end} bytes after the last payload");
        }
    }

    /// <summary>What expands is limited over the whole frame, because its payloads say little about what it takes.</summary>
    public static void CheckExpansion(TensorEntry[] directory, FrameLimits limits)
    {
        long expanded = 0;
        foreach (TensorEntry entry in directory)
        {
            expanded += TensorCodecs.Get(entry.Encoding, entry.Name).Expands ? entry.Elements(limits) : 0;
            if (expanded > limits.MaxExpandedElements)
            {
                throw new FrameException(
                    FrameProblem.TooLarge, entry.Name, $"brings the expanded elements to {expanded}, accepted are {limits.MaxExpandedElements}");
            }
        }
    }

    private static TensorEntry ReadEntry(ref ByteReader reader)
    {
        string name = reader.ShortText("Tensors");
        FrameRules.CheckName(name);
        TensorEncoding encoding = (TensorEncoding)reader.Byte(name);
        int rank = reader.Byte(name);
        int[] shape = new int[rank <= FrameFormat.MaxRank ? rank : throw BadShape(name)];
        for (int i = 0; i < shape.Length; i++)
        {
            int dimension = reader.Int32(name);
            shape[i] = dimension >= 0 ? dimension : throw BadShape(name);
        }

        return new TensorEntry(name, encoding, shape, reader.Int64(name), reader.Int64(name));
    }

    private static void CheckPadding(ReadOnlySpan<byte> padding, string field)
    {
        if (padding.ContainsAnyExcept((byte)0))
        {
            throw new FrameException(FrameProblem.BadLayout, field, "follows a padding that is not zero");
        }
    }

    private static FrameException BadShape(string name) =>
        new(FrameProblem.BadShape, name, $"has a negative dimension or more than {FrameFormat.MaxRank} of them");
}
