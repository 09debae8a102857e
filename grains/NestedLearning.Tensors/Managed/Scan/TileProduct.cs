using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NestedLearning.Tensors;

/// <summary>
/// Products of matrices so small that they lie in the first cache level, where packing them would cost as much as the
/// product. The right operand and the result have contiguous rows of a multiple of <see cref="Lanes"/> elements.
/// </summary>
internal static unsafe class TileProduct
{
    /// <summary>The elements of a register.</summary>
    public const int Lanes = 8;

    private const int TileHeight = 4;

    /// <summary><paramref name="c"/> = <paramref name="a"/> <paramref name="b"/>.</summary>
    public static void Set(in Operand a, in Operand b, in Operand c) => Multiply(a, b, c, add: false);

    /// <summary><paramref name="c"/> += <paramref name="a"/> <paramref name="b"/>.</summary>
    public static void Add(in Operand a, in Operand b, in Operand c) => Multiply(a, b, c, add: true);

    /// <summary><paramref name="c"/> += <paramref name="a"/> <paramref name="b"/>, where a is 0 above its diagonal.</summary>
    public static void AddLower(in Operand a, in Operand b, in Operand c)
    {
        for (int row = 0; row < c.Rows; row += TileHeight)
        {
            int rows = Math.Min(TileHeight, c.Rows - row);
            Add(a.Slice(row, 0, rows, row + rows), b, c.Slice(row, 0, rows, c.Columns));
        }
    }

    /// <summary><paramref name="c"/> += <paramref name="a"/> <paramref name="b"/>, where a is 0 below its diagonal.</summary>
    public static void AddUpper(in Operand a, in Operand b, in Operand c)
    {
        for (int row = 0; row < c.Rows; row += TileHeight)
        {
            int rows = Math.Min(TileHeight, c.Rows - row);
            int terms = a.Columns - row;
            Add(a.Slice(row, row, rows, terms), b.Slice(row, 0, terms, b.Columns), c.Slice(row, 0, rows, c.Columns));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Multiply(in Operand a, in Operand b, in Operand c, bool add)
    {
        (int terms, nint aRow, nint aStep) = (a.Columns, a.RowStride, a.ColumnStride);
        int row = 0;
        for (; row <= c.Rows - TileHeight; row += TileHeight)
        {
            float* factors = a.At(row, 0);
            int column = 0;
            for (; column <= c.Columns - (2 * Lanes); column += 2 * Lanes)
            {
                Tile4x2(terms, factors, aRow, aStep, b.At(0, column), b.RowStride, c.At(row, column), c.RowStride, add);
            }

            if (column < c.Columns)
            {
                Tile4x1(terms, factors, aRow, aStep, b.At(0, column), b.RowStride, c.At(row, column), c.RowStride, add);
            }
        }

        for (; row < c.Rows; row++)
        {
            int column = 0;
            for (; column <= c.Columns - (4 * Lanes); column += 4 * Lanes)
            {
                Tile1x4(terms, a.At(row, 0), aStep, b.At(0, column), b.RowStride, c.At(row, column), add);
            }

            for (; column < c.Columns; column += Lanes)
            {
                Tile1x1(terms, a.At(row, 0), aStep, b.At(0, column), b.RowStride, c.At(row, column), add);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Tile4x2(int depth, float* a, nint row, nint step, float* b, nint stride, float* c, nint cStride, bool add)
    {
        Vector256<float> c00 = default, c01 = default, c10 = default, c11 = default;
        Vector256<float> c20 = default, c21 = default, c30 = default, c31 = default;
        if (add)
        {
            (c00, c01) = (Vector256.Load(c), Vector256.Load(c + Lanes));
            (c10, c11) = (Vector256.Load(c + cStride), Vector256.Load(c + cStride + Lanes));
            (c20, c21) = (Vector256.Load(c + (2 * cStride)), Vector256.Load(c + (2 * cStride) + Lanes));
            (c30, c31) = (Vector256.Load(c + (3 * cStride)), Vector256.Load(c + (3 * cStride) + Lanes));
        }

        for (; depth > 0; depth--, a += step, b += stride)
        {
            Vector256<float> b0 = Vector256.Load(b), b1 = Vector256.Load(b + Lanes);
            var factor = Vector256.Create(a[0]);
            c00 = Vector256.MultiplyAddEstimate(factor, b0, c00);
            c01 = Vector256.MultiplyAddEstimate(factor, b1, c01);
            factor = Vector256.Create(a[row]);
            c10 = Vector256.MultiplyAddEstimate(factor, b0, c10);
            c11 = Vector256.MultiplyAddEstimate(factor, b1, c11);
            factor = Vector256.Create(a[2 * row]);
            c20 = Vector256.MultiplyAddEstimate(factor, b0, c20);
            c21 = Vector256.MultiplyAddEstimate(factor, b1, c21);
            factor = Vector256.Create(a[3 * row]);
            c30 = Vector256.MultiplyAddEstimate(factor, b0, c30);
            c31 = Vector256.MultiplyAddEstimate(factor, b1, c31);
        }

        c00.Store(c);
        c01.Store(c + Lanes);
        c10.Store(c + cStride);
        c11.Store(c + cStride + Lanes);
        c20.Store(c + (2 * cStride));
        c21.Store(c + (2 * cStride) + Lanes);
        c30.Store(c + (3 * cStride));
        c31.Store(c + (3 * cStride) + Lanes);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Tile4x1(int depth, float* a, nint row, nint step, float* b, nint stride, float* c, nint cStride, bool add)
    {
        Vector256<float> c0 = default, c1 = default, c2 = default, c3 = default;
        if (add)
        {
            (c0, c1) = (Vector256.Load(c), Vector256.Load(c + cStride));
            (c2, c3) = (Vector256.Load(c + (2 * cStride)), Vector256.Load(c + (3 * cStride)));
        }

        for (; depth > 0; depth--, a += step, b += stride)
        {
            Vector256<float> b0 = Vector256.Load(b);
            c0 = Vector256.MultiplyAddEstimate(Vector256.Create(a[0]), b0, c0);
            c1 = Vector256.MultiplyAddEstimate(Vector256.Create(a[row]), b0, c1);
            c2 = Vector256.MultiplyAddEstimate(Vector256.Create(a[2 * row]), b0, c2);
            c3 = Vector256.MultiplyAddEstimate(Vector256.Create(a[3 * row]), b0, c3);
        }

        c0.Store(c);
        c1.Store(c + cStride);
        c2.Store(c + (2 * cStride));
        c3.Store(c + (3 * cStride));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Tile1x4(int depth, float* a, nint step, float* b, nint stride, float* c, bool add)
    {
        Vector256<float> c0 = default, c1 = default, c2 = default, c3 = default;
        if (add)
        {
            (c0, c1) = (Vector256.Load(c), Vector256.Load(c + Lanes));
            (c2, c3) = (Vector256.Load(c + (2 * Lanes)), Vector256.Load(c + (3 * Lanes)));
        }

        for (; depth > 0; depth--, a += step, b += stride)
        {
            var factor = Vector256.Create(*a);
            c0 = Vector256.MultiplyAddEstimate(factor, Vector256.Load(b), c0);
            c1 = Vector256.MultiplyAddEstimate(factor, Vector256.Load(b + Lanes), c1);
            c2 = Vector256.MultiplyAddEstimate(factor, Vector256.Load(b + (2 * Lanes)), c2);
            c3 = Vector256.MultiplyAddEstimate(factor, Vector256.Load(b + (3 * Lanes)), c3);
        }

        c0.Store(c);
        c1.Store(c + Lanes);
        c2.Store(c + (2 * Lanes));
        c3.Store(c + (3 * Lanes));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Tile1x1(int depth, float* a, nint step, float* b, nint stride, float* c, bool add)
    {
        Vector256<float> sum = add ? Vector256.Load(c) : default;
        for (; depth > 0; depth--, a += step, b += stride)
        {
            sum = Vector256.MultiplyAddEstimate(Vector256.Create(*a), Vector256.Load(b), sum);
        }

        sum.Store(c);
    }
}
