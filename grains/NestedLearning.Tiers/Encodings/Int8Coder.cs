using System.Buffers.Binary;
using System.Runtime.InteropServices;
using NestedLearning.Tensors;

namespace NestedLearning.Tiers;

/// <summary>
/// One byte a value, as <see cref="Int8Code"/> has it, after the block's largest magnitude as a float32, its peak. A peak
/// of zero stands for a block of zeros.
/// </summary>
/// <remarks>
/// The peak is a float32 because it costs 2 of about 250 bytes in a typical row and a float16 could neither be exact
/// nor hold every magnitude.
/// </remarks>
internal sealed class Int8Coder : FloatCoder
{
    public override int BlockLength => 128;

    /// <summary>Half a step of peak/127, with room for float32's own rounding.</summary>
    public override ErrorBound Error { get; } = new(0, 1 / 253.0, float.Epsilon);

    public override long Size(long count) => count == 0 ? 0 : sizeof(float) + count;

    public override void Encode(ReadOnlySpan<float> values, Span<byte> bytes, string field)
    {
        if (values.IsEmpty)
        {
            return;
        }

        float peak = Magnitude.Peak(values, field);
        BinaryPrimitives.WriteSingleLittleEndian(bytes, peak);
        Int8Code.Encode(values, peak, MemoryMarshal.Cast<byte, sbyte>(bytes[sizeof(float)..]));
    }

    public override void Decode(ReadOnlySpan<byte> bytes, Span<float> values, string field)
    {
        if (values.IsEmpty)
        {
            return;
        }

        float peak = BinaryPrimitives.ReadSingleLittleEndian(bytes);
        ReadOnlySpan<sbyte> codes = MemoryMarshal.Cast<byte, sbyte>(bytes.Slice(sizeof(float), values.Length));
        Check(peak, codes, field);
        Int8Code.Decode(codes, peak, values);
    }

    private static void Check(float peak, ReadOnlySpan<sbyte> codes, string field)
    {
        if (!float.IsFinite(peak))
        {
            throw FrameException.NotFinite(field);
        }

        if (float.IsNegative(peak) || codes.Contains(sbyte.MinValue))
        {
            throw new FrameException(
                FrameProblem.BadValue, field, "holds a block with a negative peak or a step of -128; accepted are -127 to 127");
        }
    }
}
