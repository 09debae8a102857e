using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NestedLearning.Tensors;

/// <summary>Inner products of few rows with the rows of a large matrix.</summary>
internal static unsafe class DotKernel
{
    private const int Lanes = 8;

    /// <summary>c[i, j] += inner product of row i of the factors and row j of <paramref name="b"/> [n, k], four rows at a time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add(float* factors, Operand b, Operand c)
    {
        int column = 0;
        for (; column <= b.Rows - 4; column += 4)
        {
            for (int row = 0; row < c.Rows; row++)
            {
                AddFourDots(factors + (row * (nint)b.Columns), b.At(column, 0), b.RowStride, b.Columns, c.At(row, column));
            }
        }

        for (; column < b.Rows; column++)
        {
            for (int row = 0; row < c.Rows; row++)
            {
                var values = new ReadOnlySpan<float>(factors + (row * (nint)b.Columns), b.Columns);
                *c.At(row, column) += Vectors.Dot(values, new ReadOnlySpan<float>(b.At(column, 0), b.Columns));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddFourDots(float* x, float* b, nint stride, int length, float* c)
    {
        Vector256<float> s00 = default, s01 = default, s10 = default, s11 = default;
        Vector256<float> s20 = default, s21 = default, s30 = default, s31 = default;
        float* b1 = b + stride;
        float* b2 = b1 + stride;
        float* b3 = b2 + stride;
        int i = 0;
        for (; i <= length - (2 * Lanes); i += 2 * Lanes)
        {
            Vector256<float> x0 = Vector256.Load(x + i), x1 = Vector256.Load(x + i + Lanes);
            s00 = Vector256.MultiplyAddEstimate(x0, Vector256.Load(b + i), s00);
            s01 = Vector256.MultiplyAddEstimate(x1, Vector256.Load(b + i + Lanes), s01);
            s10 = Vector256.MultiplyAddEstimate(x0, Vector256.Load(b1 + i), s10);
            s11 = Vector256.MultiplyAddEstimate(x1, Vector256.Load(b1 + i + Lanes), s11);
            s20 = Vector256.MultiplyAddEstimate(x0, Vector256.Load(b2 + i), s20);
            s21 = Vector256.MultiplyAddEstimate(x1, Vector256.Load(b2 + i + Lanes), s21);
            s30 = Vector256.MultiplyAddEstimate(x0, Vector256.Load(b3 + i), s30);
            s31 = Vector256.MultiplyAddEstimate(x1, Vector256.Load(b3 + i + Lanes), s31);
        }

        (float d0, float d1, float d2, float d3) =
            (Vector256.Sum(s00 + s01), Vector256.Sum(s10 + s11), Vector256.Sum(s20 + s21), Vector256.Sum(s30 + s31));
        for (; i < length; i++)
        {
            (d0, d1, d2, d3) = (d0 + (x[i] * b[i]), d1 + (x[i] * b1[i]), d2 + (x[i] * b2[i]), d3 + (x[i] * b3[i]));
        }

        (c[0], c[1], c[2], c[3]) = (c[0] + d0, c[1] + d1, c[2] + d2, c[3] + d3);
    }
}
