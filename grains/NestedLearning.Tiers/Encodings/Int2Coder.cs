using System.Buffers.Binary;

namespace NestedLearning.Tiers;

/// <summary>
/// Two bits a value: the sign, and whether the magnitude is the run's low or its high one. These two stand in front as
/// float32: the means of the magnitudes below the middle of their range, and from it on.
/// </summary>
/// <remarks>
/// Made for what top-k leaves: magnitudes of one order, none near zero. Means rather than steps of the peak, because a
/// sender with error feedback then overshoots as often as it falls short.
/// </remarks>
internal sealed class Int2Coder : FloatCoder
{
    private const int HeaderBytes = 2 * sizeof(float);
    private const int HighBit = 2;

    public override int BlockLength => 128;

    /// <summary>A mean lies within its half of the range, which is the peak at most.</summary>
    public override ErrorBound Error { get; } = new(0, 0.5001, float.Epsilon);

    public override long Size(long count) => count == 0 ? 0 : HeaderBytes + ((count + 3) / 4);

    public override void Encode(ReadOnlySpan<float> values, Span<byte> bytes, string field)
    {
        if (values.IsEmpty)
        {
            return;
        }

        float middle = Middle(values, field);
        (float low, float high) = Means(values, middle);
        BinaryPrimitives.WriteSingleLittleEndian(bytes, low);
        BinaryPrimitives.WriteSingleLittleEndian(bytes[sizeof(float)..], high);
        Span<byte> codes = bytes.Slice(HeaderBytes, (values.Length + 3) / 4);
        codes.Clear();
        for (int i = 0; i < values.Length; i++)
        {
            int code = (float.IsNegative(values[i]) ? 1 : 0) | (Math.Abs(values[i]) >= middle ? HighBit : 0);
            codes[i / 4] |= (byte)(code << (2 * (i % 4)));
        }
    }

    public override void Decode(ReadOnlySpan<byte> bytes, Span<float> values, string field)
    {
        if (values.IsEmpty)
        {
            return;
        }

        float low = BinaryPrimitives.ReadSingleLittleEndian(bytes);
        float high = BinaryPrimitives.ReadSingleLittleEndian(bytes[sizeof(float)..]);
        ReadOnlySpan<byte> codes = bytes.Slice(HeaderBytes, (values.Length + 3) / 4);
        Check(low, high, codes, values.Length, field);
        Span<float> meanings = [low, -low, high, -high];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = meanings[(codes[i / 4] >> (2 * (i % 4))) & 3];
        }
    }

    /// <summary>Half way between the smallest and the largest magnitude.</summary>
    private static float Middle(ReadOnlySpan<float> values, string field)
    {
        float peak = Magnitude.Peak(values, field);
        float smallest = peak;
        foreach (float value in values)
        {
            smallest = Math.Min(smallest, Math.Abs(value));
        }

        return (float)(((double)smallest + peak) / 2);
    }

    /// <summary>The mean magnitude on either side of the middle; both the same where one side is empty.</summary>
    private static (float Low, float High) Means(ReadOnlySpan<float> values, float middle)
    {
        double lowSum = 0;
        double highSum = 0;
        int highCount = 0;
        foreach (float value in values)
        {
            double magnitude = Math.Abs(value);
            bool isHigh = magnitude >= middle;
            lowSum += isHigh ? 0 : magnitude;
            highSum += isHigh ? magnitude : 0;
            highCount += isHigh ? 1 : 0;
        }

        float high = (float)(highSum / highCount);
        return (highCount == values.Length ? high : (float)(lowSum / (values.Length - highCount)), high);
    }

    private static void Check(float low, float high, ReadOnlySpan<byte> codes, int count, string field)
    {
        if (!float.IsFinite(low) || !float.IsFinite(high))
        {
            throw FrameException.NotFinite(field);
        }

        bool hasExtra = (count & 3) != 0 && codes[^1] >> (2 * (count & 3)) != 0;
        if (float.IsNegative(low) || high < low || hasExtra)
        {
            throw new FrameException(
                FrameProblem.BadValue, field, "holds magnitudes out of order or bits after the last value; accepted is 0 <= low <= high");
        }
    }
}
