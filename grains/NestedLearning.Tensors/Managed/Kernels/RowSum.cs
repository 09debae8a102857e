using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NestedLearning.Tensors;

/// <summary>One number from a row.</summary>
internal static class RowSum
{
    private const int BlockLength = 4096;

    /// <summary>The sum; blocks are added in float64.</summary>
    public static float Of(ReadOnlySpan<float> row)
    {
        double sum = 0;
        for (int start = 0; start < row.Length; start += BlockLength)
        {
            sum += Block(row[start..Math.Min(row.Length, start + BlockLength)]);
        }

        return (float)sum;
    }

    /// <summary>The sum of the squares; blocks are added in float64.</summary>
    public static double OfSquares(ReadOnlySpan<float> row)
    {
        double sum = 0;
        for (int start = 0; start < row.Length; start += BlockLength)
        {
            sum += Vectors.SumOfSquares(row[start..Math.Min(row.Length, start + BlockLength)]);
        }

        return sum;
    }

    /// <summary>The largest element of at least one; NaN when there is one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float Maximum(ReadOnlySpan<float> row)
    {
        float largest = row[0];
        int width = Vector<float>.Count;
        if (row.Length >= width)
        {
            ref float start = ref MemoryMarshal.GetReference(row);
            Vector<float> lanes = Vector.LoadUnsafe(ref start);
            Vector<float> others = lanes;
            int i = 0;
            for (; i <= row.Length - (2 * width); i += 2 * width)
            {
                lanes = Vector.Max(lanes, Vector.LoadUnsafe(ref start, (nuint)i));
                others = Vector.Max(others, Vector.LoadUnsafe(ref start, (nuint)(i + width)));
            }

            lanes = Vector.Max(lanes, others);
            if (i <= row.Length - width)
            {
                lanes = Vector.Max(lanes, Vector.LoadUnsafe(ref start, (nuint)i));
            }

            for (int lane = 0; lane < Vector<float>.Count; lane++)
            {
                largest = MathF.Max(largest, lanes[lane]);
            }
        }

        foreach (float value in row[(row.Length - (row.Length % Vector<float>.Count))..])
        {
            largest = MathF.Max(largest, value);
        }

        return largest;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Block(ReadOnlySpan<float> row)
    {
        ref float start = ref MemoryMarshal.GetReference(row);
        int width = Vector<float>.Count;
        Vector<float> s0 = default, s1 = default;
        int i = 0;
        for (; i <= row.Length - (2 * width); i += 2 * width)
        {
            s0 += Vector.LoadUnsafe(ref start, (nuint)i);
            s1 += Vector.LoadUnsafe(ref start, (nuint)(i + width));
        }

        float sum = Vector.Sum(s0 + s1);
        for (; i < row.Length; i++)
        {
            sum += row[i];
        }

        return sum;
    }
}
