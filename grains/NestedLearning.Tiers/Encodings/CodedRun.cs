namespace NestedLearning.Tiers;

/// <summary>A long run of float32 values as a coder writes it: block after block, in the order in which they lie.</summary>
internal static class CodedRun
{
    public static long Size(FloatCoder coder, long count)
    {
        (long blocks, long rest) = Math.DivRem(count, coder.BlockLength);
        return (blocks * coder.Size(coder.BlockLength)) + coder.Size(rest);
    }

    public static void Encode(FloatCoder coder, ReadOnlySpan<float> values, Span<byte> bytes, string field)
    {
        while (!values.IsEmpty)
        {
            ReadOnlySpan<float> block = values[..Math.Min(coder.BlockLength, values.Length)];
            int size = (int)coder.Size(block.Length);
            coder.Encode(block, bytes[..size], field);
            values = values[block.Length..];
            bytes = bytes[size..];
        }
    }

    public static void Decode(FloatCoder coder, ReadOnlySpan<byte> bytes, Span<float> values, string field)
    {
        while (!values.IsEmpty)
        {
            Span<float> block = values[..Math.Min(coder.BlockLength, values.Length)];
            int size = (int)coder.Size(block.Length);
            coder.Decode(bytes[..size], block, field);
            values = values[block.Length..];
            bytes = bytes[size..];
        }
    }
}
