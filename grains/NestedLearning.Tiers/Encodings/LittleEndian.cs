using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace NestedLearning.Tiers;

/// <summary>Copies runs of numbers to and from little-endian bytes on any machine.</summary>
internal static class LittleEndian
{
    public static void Write(ReadOnlySpan<float> values, Span<byte> bytes) =>
        Copy(MemoryMarshal.Cast<float, int>(values), MemoryMarshal.Cast<byte, int>(bytes));

    public static void Write(ReadOnlySpan<double> values, Span<byte> bytes) =>
        Copy(MemoryMarshal.Cast<double, long>(values), MemoryMarshal.Cast<byte, long>(bytes));

    public static void Read(ReadOnlySpan<byte> bytes, Span<float> values) =>
        Copy(MemoryMarshal.Cast<byte, int>(bytes), MemoryMarshal.Cast<float, int>(values));

    public static void Read(ReadOnlySpan<byte> bytes, Span<double> values) =>
        Copy(MemoryMarshal.Cast<byte, long>(bytes), MemoryMarshal.Cast<double, long>(values));

    private static void Copy(ReadOnlySpan<int> source, Span<int> destination)
    {
        if (BitConverter.IsLittleEndian)
        {
            source.CopyTo(destination);
        }
        else
        {
            BinaryPrimitives.ReverseEndianness(source, destination);
        }
    }

    private static void Copy(ReadOnlySpan<long> source, Span<long> destination)
    {
        if (BitConverter.IsLittleEndian)
        {
            source.CopyTo(destination);
        }
        else
        {
            BinaryPrimitives.ReverseEndianness(source, destination);
        }
    }
}
