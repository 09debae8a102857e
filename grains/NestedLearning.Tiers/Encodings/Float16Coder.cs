using System.Buffers.Binary;

namespace NestedLearning.Tiers;

/// <summary>
/// Two bytes a value after the run's largest magnitude as a float32, its peak: a value v travels as the float16 that is
/// nearest to v / peak, so that neither large nor tiny values leave float16's range.
/// </summary>
internal sealed class Float16Coder : FloatCoder
{
    public override int BlockLength => 128;

    /// <summary>Half a step of 2^-10 for normal float16, half the smallest one (2^-24) of the peak below them.</summary>
    public override ErrorBound Error { get; } = new(Math.ScaleB(1.001, -11), Math.ScaleB(1.001, -25), float.Epsilon);

    public override long Size(long count) => count == 0 ? 0 : sizeof(float) + (sizeof(ushort) * count);

    public override void Encode(ReadOnlySpan<float> values, Span<byte> bytes, string field)
    {
        if (values.IsEmpty)
        {
            return;
        }

        float peak = Magnitude.Peak(values, field);
        BinaryPrimitives.WriteSingleLittleEndian(bytes, peak);
        float divisor = peak == 0 ? 1 : peak;
        for (int i = 0; i < values.Length; i++)
        {
            bytes = bytes[(i == 0 ? sizeof(float) : sizeof(ushort))..];
            BinaryPrimitives.WriteHalfLittleEndian(bytes, (Half)(values[i] / divisor));
        }
    }

    public override void Decode(ReadOnlySpan<byte> bytes, Span<float> values, string field)
    {
        if (values.IsEmpty)
        {
            return;
        }

        float peak = BinaryPrimitives.ReadSingleLittleEndian(bytes);
        bytes = bytes[sizeof(float)..];
        bool isWithin = !float.IsNegative(peak);
        for (int i = 0; i < values.Length; i++)
        {
            float share = (float)BinaryPrimitives.ReadHalfLittleEndian(bytes[(sizeof(ushort) * i)..]);
            isWithin &= Math.Abs(share) <= 1;
            values[i] = share * peak;
        }

        if (!float.IsFinite(peak))
        {
            throw FrameException.NotFinite(field);
        }

        if (!isWithin)
        {
            throw new FrameException(FrameProblem.BadValue, field, "holds a negative peak or a value beyond its peak; accepted are -1 to 1");
        }
    }
}
