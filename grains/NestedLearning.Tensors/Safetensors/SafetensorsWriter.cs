using System.Buffers.Binary;
using System.Text.Json;

namespace NestedLearning.Tensors;

/// <summary>Writes tensors in the format of safetensors, so that every library of that format can load them.</summary>
public static class SafetensorsWriter
{
    private const int Alignment = 8;

    /// <summary>Writes a whole file from the stream's position on.</summary>
    /// <param name="file">Where to.</param>
    /// <param name="tensors">The tensors, whose values are written in this order.</param>
    /// <param name="metadata">What the file says of itself.</param>
    /// <exception cref="SafetensorsException">A name is there twice or is the format's own, the header is too long, or a tensor has not as many values as its shape asks for.</exception>
    public static void Write(Stream file, IReadOnlyList<DenseTensor> tensors, IReadOnlyDictionary<string, string> metadata) =>
        Write(file, [.. tensors.Select(SafetensorsArray.Of)], metadata);

    /// <summary>Writes a whole file of tensors of every kind; <see cref="SafetensorsArray"/> says as what each is written.</summary>
    /// <inheritdoc cref="Write(Stream, IReadOnlyList{DenseTensor}, IReadOnlyDictionary{string, string})"/>
    public static void Write(Stream file, TensorSet tensors, IReadOnlyDictionary<string, string> metadata)
    {
        (SafetensorsArray[] arrays, Dictionary<string, string> all) = ArraysOf(tensors, metadata);
        Write(file, arrays, all);
    }

    private static void Write(Stream file, IReadOnlyList<SafetensorsArray> arrays, IReadOnlyDictionary<string, string> metadata)
    {
        foreach (ReadOnlyMemory<byte> piece in Pieces(arrays, metadata))
        {
            file.Write(piece.Span);
        }
    }

    /// <summary>Writes a whole file of tensors of every kind without waiting for the stream on a thread.</summary>
    /// <param name="file">Where to.</param>
    /// <param name="tensors">The tensors, whose values are written in this order.</param>
    /// <param name="metadata">What the file says of itself.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="SafetensorsException">As in <see cref="Write(Stream, IReadOnlyList{DenseTensor}, IReadOnlyDictionary{string, string})"/>, before anything is written.</exception>
    public static async ValueTask WriteAsync(
        Stream file, TensorSet tensors, IReadOnlyDictionary<string, string> metadata, CancellationToken cancellationToken)
    {
        (SafetensorsArray[] arrays, Dictionary<string, string> all) = ArraysOf(tensors, metadata);
        foreach (ReadOnlyMemory<byte> piece in Pieces(arrays, all))
        {
            await file.WriteAsync(piece, cancellationToken);
        }
    }

    private static (SafetensorsArray[] Arrays, Dictionary<string, string> Metadata) ArraysOf(TensorSet tensors, IReadOnlyDictionary<string, string> metadata)
    {
        Dictionary<string, string> all = new(metadata, StringComparer.Ordinal);
        return ([.. tensors.SelectMany(tensor => SafetensorsArray.Of(tensor, all))], all);
    }

    /// <summary>The bytes of a file in their order; each piece may be overwritten by the next one.</summary>
    private static IEnumerable<ReadOnlyMemory<byte>> Pieces(IReadOnlyList<SafetensorsArray> arrays, IReadOnlyDictionary<string, string> metadata)
    {
        const int most = 1 << 14;
        byte[] header = Header(arrays, metadata);
        byte[] length = new byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
        yield return length;
        yield return header;
        foreach (SafetensorsArray array in arrays)
        {
            byte[] bytes = new byte[Math.Min(most, array.Count) * array.Type.Size];
            for (int first = 0; first < array.Count; first += most)
            {
                int count = Math.Min(most, array.Count - first) * array.Type.Size;
                array.Fill(first, bytes.AsSpan(0, count));
                yield return bytes.AsMemory(0, count);
            }
        }
    }

    /// <summary>The header, with spaces at its end so that the tensors are aligned.</summary>
    private static byte[] Header(IReadOnlyList<SafetensorsArray> arrays, IReadOnlyDictionary<string, string> metadata)
    {
        using MemoryStream json = new();
        using (Utf8JsonWriter writer = new(json))
        {
            writer.WriteStartObject();
            writer.WriteStartObject(SafetensorsHeader.MetadataName);
            foreach ((string name, string text) in metadata)
            {
                writer.WriteString(name, text);
            }

            writer.WriteEndObject();
            long end = 0;
            HashSet<string> names = [SafetensorsHeader.MetadataName];
            foreach (SafetensorsArray array in arrays)
            {
                end = WriteEntry(writer, array, end, names);
            }

            writer.WriteEndObject();
        }

        while (json.Length % Alignment != 0)
        {
            json.WriteByte((byte)' ');
        }

        return json.Length <= SafetensorsHeader.MaxBytes
            ? json.ToArray()
            : throw new SafetensorsException("the length of the header", $"{json.Length}", $"up to {SafetensorsHeader.MaxBytes}");
    }

    private static long WriteEntry(Utf8JsonWriter writer, SafetensorsArray array, long begin, HashSet<string> names)
    {
        if (!names.Add(array.Name))
        {
            throw new SafetensorsException("a name", $"'{array.Name}' once more", $"names that differ, none of them {SafetensorsHeader.MetadataName}");
        }

        long count = array.Shape.Aggregate(1L, (product, size) => product * size);
        if (count != array.Count)
        {
            throw new SafetensorsException($"the values of '{array.Name}'", $"{array.Count}", $"{count} for [{string.Join(", ", array.Shape)}]");
        }

        long end = begin + (count * array.Type.Size);
        writer.WriteStartObject(array.Name);
        writer.WriteString("dtype", array.Type.Name);
        WriteNumbers(writer, "shape", array.Shape.Select(size => (long)size));
        WriteNumbers(writer, "data_offsets", [begin, end]);
        writer.WriteEndObject();
        return end;
    }

    private static void WriteNumbers(Utf8JsonWriter writer, string name, IEnumerable<long> numbers)
    {
        writer.WriteStartArray(name);
        foreach (long number in numbers)
        {
            writer.WriteNumberValue(number);
        }

        writer.WriteEndArray();
    }
}
