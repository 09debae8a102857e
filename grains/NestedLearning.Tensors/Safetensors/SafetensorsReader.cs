using System.Buffers.Binary;

namespace NestedLearning.Tensors;

/// <summary>
/// Reads a file in the format of safetensors: eight bytes with the length of a JSON header, the header, and the tensors, all little-endian.
/// The header is read and checked at once; each tensor when it is asked for.
/// </summary>
/// <remarks>Not safe for concurrent use.</remarks>
public sealed class SafetensorsReader
{
    private const int LengthBytes = sizeof(ulong);

    private readonly Stream _file;
    private readonly SafetensorsHeader _header;
    private readonly long _data;

    /// <summary>Begins to read a file, which stays the caller's.</summary>
    /// <param name="file">It can seek, and begins at its position 0.</param>
    /// <exception cref="ArgumentException">It cannot seek.</exception>
    /// <exception cref="SafetensorsException">It is no such file.</exception>
    public SafetensorsReader(Stream file)
    {
        if (!file.CanSeek)
        {
            throw new ArgumentException("The stream cannot seek; accepted: one that can.", nameof(file));
        }

        _file = file;
        Span<byte> length = stackalloc byte[LengthBytes];
        RequireBytes(LengthBytes, "the length of the header");
        file.Position = 0;
        file.ReadExactly(length);
        ulong bytes = BinaryPrimitives.ReadUInt64LittleEndian(length);
        if (bytes > SafetensorsHeader.MaxBytes || LengthBytes + (long)bytes > file.Length)
        {
            throw new SafetensorsException("the length of the header", $"{bytes}", $"up to {Math.Min(SafetensorsHeader.MaxBytes, file.Length - LengthBytes)}");
        }

        byte[] json = new byte[bytes];
        file.ReadExactly(json);
        _data = file.Position;
        _header = SafetensorsHeader.Parse(json, file.Length - _data);
    }

    /// <summary>The tensors, in the order of their bytes.</summary>
    public IReadOnlyList<SafetensorsEntry> Tensors => _header.Tensors;

    /// <summary>What the file says of itself.</summary>
    public IReadOnlyDictionary<string, string> Metadata => _header.Metadata;

    /// <summary>The tensor of this name, or null.</summary>
    public SafetensorsEntry? Find(string name) => Tensors.FirstOrDefault(tensor => tensor.Name == name);

    /// <summary>The values of a tensor, row-major. Those of float64 are rounded.</summary>
    /// <exception cref="SafetensorsException">They are no floating-point numbers, or the file has become shorter.</exception>
    public float[] Read(SafetensorsEntry tensor) => Read(tensor, Value);

    /// <summary>The values of a tensor, row-major, to the bit.</summary>
    /// <exception cref="SafetensorsException">They are no floating-point numbers, or the file has become shorter.</exception>
    public double[] ReadDoubles(SafetensorsEntry tensor) => Read(tensor, static (bytes, type) => type == SafetensorsType.Float64 ? BinaryPrimitives.ReadDoubleLittleEndian(bytes) : Value(bytes, type));

    private T[] Read<T>(SafetensorsEntry tensor, Func<ReadOnlySpan<byte>, SafetensorsType, T> value)
    {
        if (!tensor.Type.CanBeRead)
        {
            throw new SafetensorsException($"the type of '{tensor.Name}'", tensor.Type.Name, SafetensorsType.Readable);
        }

        RequireBytes(_data + tensor.End, $"'{tensor.Name}'");
        T[] values = new T[tensor.ElementCount];
        byte[] chunk = new byte[Math.Min(1 << 16, tensor.End - tensor.Begin)];
        int size = tensor.Type.Size;
        _file.Position = _data + tensor.Begin;
        for (int first = 0; first < values.Length;)
        {
            int count = Math.Min(chunk.Length / size, values.Length - first);
            _file.ReadExactly(chunk, 0, count * size);
            for (int i = 0; i < count; i++)
            {
                values[first + i] = value(chunk.AsSpan(i * size, size), tensor.Type);
            }

            first += count;
        }

        return values;
    }

    private static float Value(ReadOnlySpan<byte> bytes, SafetensorsType type) => type.Name switch
    {
        "F64" => (float)BinaryPrimitives.ReadDoubleLittleEndian(bytes),
        "F32" => BinaryPrimitives.ReadSingleLittleEndian(bytes),
        "F16" => (float)BinaryPrimitives.ReadHalfLittleEndian(bytes),
        _ => BitConverter.UInt32BitsToSingle((uint)BinaryPrimitives.ReadUInt16LittleEndian(bytes) << 16),
    };

    private void RequireBytes(long bytes, string subject)
    {
        if (_file.Length < bytes)
        {
            throw new SafetensorsException("the file", $"{_file.Length} bytes long", $"at least {bytes}, for {subject}");
        }
    }
}
