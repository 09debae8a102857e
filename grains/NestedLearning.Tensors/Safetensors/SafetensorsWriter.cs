using System.Buffers.Binary;
using System.Text.Json;

namespace NestedLearning.Tensors;

/// <summary>Writes tensors in the format of safetensors, as float32, so that every library of that format can load them.</summary>
public static class SafetensorsWriter
{
    private const int Alignment = 8;

    /// <summary>Writes a whole file from the stream's position on.</summary>
    /// <param name="file">Where to.</param>
    /// <param name="tensors">The tensors, whose values are written in this order.</param>
    /// <param name="metadata">What the file says of itself.</param>
    /// <exception cref="SafetensorsException">A name is there twice or is the format's own, the header is too long, or a tensor has not as many values as its shape asks for.</exception>
    public static void Write(Stream file, IReadOnlyList<DenseTensor> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        byte[] header = Header(tensors, metadata);
        Span<byte> length = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
        file.Write(length);
        file.Write(header);
        foreach (DenseTensor tensor in tensors)
        {
            WriteValues(file, tensor.Values.Span);
        }
    }

    /// <summary>The header, with spaces at its end so that the tensors are aligned.</summary>
    private static byte[] Header(IReadOnlyList<DenseTensor> tensors, IReadOnlyDictionary<string, string> metadata)
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
            foreach (DenseTensor tensor in tensors)
            {
                end = WriteEntry(writer, tensor, end, names);
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

    private static long WriteEntry(Utf8JsonWriter writer, DenseTensor tensor, long begin, HashSet<string> names)
    {
        if (!names.Add(tensor.Name))
        {
            throw new SafetensorsException("a name", $"'{tensor.Name}' once more", $"names that differ, none of them {SafetensorsHeader.MetadataName}");
        }

        long count = tensor.Shape.Aggregate(1L, (product, size) => product * size);
        if (count != tensor.Values.Length)
        {
            throw new SafetensorsException($"the values of '{tensor.Name}'", $"{tensor.Values.Length}", $"{count} for [{string.Join(", ", tensor.Shape)}]");
        }

        long end = begin + (count * SafetensorsType.Float32.Size);
        writer.WriteStartObject(tensor.Name);
        writer.WriteString("dtype", SafetensorsType.Float32.Name);
        WriteNumbers(writer, "shape", tensor.Shape.Select(size => (long)size));
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

    private static void WriteValues(Stream file, ReadOnlySpan<float> values)
    {
        const int most = 1 << 14;
        byte[] bytes = new byte[Math.Min(most, values.Length) * sizeof(float)];
        for (int first = 0; first < values.Length; first += most)
        {
            int count = Math.Min(most, values.Length - first);
            for (int i = 0; i < count; i++)
            {
                BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), values[first + i]);
            }

            file.Write(bytes, 0, count * sizeof(float));
        }
    }
}
