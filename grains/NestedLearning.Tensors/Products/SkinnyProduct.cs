using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NestedLearning.Tensors;

/// <summary>
/// Products whose left operand has few rows, such as a small batch through a layer. They read the large operand once,
/// where it lies: packing it would cost as much as the product.
/// </summary>
internal static unsafe class SkinnyProduct
{
    /// <summary>With more rows than this, packing pays.</summary>
    public const int MaximumRows = 8;

    private const int Lanes = 8;

    /// <summary>Columns of c whose rows stay in the first cache level while all of b passes.</summary>
    private const int BlockColumns = 512;

    /// <summary><paramref name="c"/> [m, n] += alpha * <paramref name="a"/> [m, k] * <paramref name="b"/> [k, n].</summary>
    public static void Add(Operand a, Operand b, Operand c, float alpha)
    {
        float* factors = Scratch.Left(a.Rows * a.Columns);
        for (int row = 0; row < a.Rows; row++)
        {
            for (int depth = 0; depth < a.Columns; depth++)
            {
                factors[(row * a.Columns) + depth] = alpha * *a.At(row, depth);
            }
        }

        if (b.ColumnStride == 1)
        {
            for (int left = 0; left < c.Columns; left += BlockColumns)
            {
                int columns = Math.Min(BlockColumns, c.Columns - left);
                AddRows(factors, b.Slice(0, left, b.Rows, columns), c.Slice(0, left, c.Rows, columns));
            }
        }
        else
        {
            AddDots(factors, b.Transposed, c);
        }
    }

    /// <summary>c += factors * b, four rows of b at a time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddRows(float* factors, Operand b, Operand c)
    {
        int depth = 0;
        for (; depth <= b.Rows - 4; depth += 4)
        {
            int column = 0;
            for (; column <= b.Columns - (2 * Lanes); column += 2 * Lanes)
            {
                AddFourRows(factors + depth, b.Rows, b.At(depth, column), b.RowStride, c.At(0, column), c.Rows, c.RowStride);
            }

            AddScalars(factors, b, c, depth, depth + 4, column);
        }

        AddScalars(factors, b, c, depth, b.Rows, 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddFourRows(float* factors, int depths, float* b, nint stride, float* c, int rows, nint cStride)
    {
        Vector256<float> b00 = Vector256.Load(b), b01 = Vector256.Load(b + Lanes);
        b += stride;
        Vector256<float> b10 = Vector256.Load(b), b11 = Vector256.Load(b + Lanes);
        b += stride;
        Vector256<float> b20 = Vector256.Load(b), b21 = Vector256.Load(b + Lanes);
        b += stride;
        Vector256<float> b30 = Vector256.Load(b), b31 = Vector256.Load(b + Lanes);
        for (int row = 0; row < rows; row++, c += cStride, factors += depths)
        {
            Vector256<float> low = Vector256.Load(c), high = Vector256.Load(c + Lanes);
            var factor = Vector256.Create(factors[0]);
            low = Vector256.MultiplyAddEstimate(factor, b00, low);
            high = Vector256.MultiplyAddEstimate(factor, b01, high);
            factor = Vector256.Create(factors[1]);
            low = Vector256.MultiplyAddEstimate(factor, b10, low);
            high = Vector256.MultiplyAddEstimate(factor, b11, high);
            factor = Vector256.Create(factors[2]);
            low = Vector256.MultiplyAddEstimate(factor, b20, low);
            high = Vector256.MultiplyAddEstimate(factor, b21, high);
            factor = Vector256.Create(factors[3]);
            low = Vector256.MultiplyAddEstimate(factor, b30, low);
            high = Vector256.MultiplyAddEstimate(factor, b31, high);
            low.Store(c);
            high.Store(c + Lanes);
        }
    }

    private static void AddScalars(float* factors, Operand b, Operand c, int fromDepth, int toDepth, int fromColumn)
    {
        for (int row = 0; row < c.Rows; row++)
        {
            var target = new Span<float>(c.At(row, fromColumn), c.Columns - fromColumn);
            for (int depth = fromDepth; depth < toDepth && target.Length > 0; depth++)
            {
                var source = new ReadOnlySpan<float>(b.At(depth, fromColumn), target.Length);
                Vectors.Axpy(factors[(row * b.Rows) + depth], source, target);
            }
        }
    }

    /// <summary>c[i, j] += inner product of row i of the factors and row j of <paramref name="b"/> [n, k], four rows at a time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddDots(float* factors, Operand b, Operand c)
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
