namespace NestedLearning.Tiers;

/// <summary>Float32 as it is: 4 bytes a value, exact to the bit, the sign of zero included.</summary>
internal sealed class Float32Coder : FloatCoder
{
    /// <summary>16 KiB: the check and the copy of a block both find it in the first-level cache.</summary>
    public override int BlockLength => 4096;

    public override ErrorBound Error => ErrorBound.Exact;

    public override long Size(long count) => sizeof(float) * count;

    public override void Encode(ReadOnlySpan<float> values, Span<byte> bytes, string field)
    {
        Magnitude.Peak(values, field);
        LittleEndian.Write(values, bytes);
    }

    public override void Decode(ReadOnlySpan<byte> bytes, Span<float> values, string field)
    {
        LittleEndian.Read(bytes, values);
        Magnitude.Peak(values, field);
    }
}
