using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

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

        Vector128<float> dots = SumEach(s00 + s01, s10 + s11, s20 + s21, s30 + s31);
        for (; i < length; i++)
        {
            dots = Vector128.MultiplyAddEstimate(Vector128.Create(x[i]), Vector128.Create(b[i], b1[i], b2[i], b3[i]), dots);
        }

        (Vector128.Load(c) + dots).Store(c);
    }

    /// <summary>The four sums over lanes, side by side.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> SumEach(Vector256<float> s0, Vector256<float> s1, Vector256<float> s2, Vector256<float> s3)
    {
        if (!Avx.IsSupported)
        {
            return Vector128.Create(Vector256.Sum(s0), Vector256.Sum(s1), Vector256.Sum(s2), Vector256.Sum(s3));
        }

        Vector256<float> pairs = Avx.HorizontalAdd(Avx.HorizontalAdd(s0, s1), Avx.HorizontalAdd(s2, s3));
        return pairs.GetLower() + pairs.GetUpper();
    }
}
