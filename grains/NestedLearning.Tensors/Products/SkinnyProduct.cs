using System.Runtime.CompilerServices;

namespace NestedLearning.Tensors;

/// <summary>
/// Products whose left operand has few rows, such as a small batch through a layer. They read the large operand once,
/// where it lies: packing it would cost as much as the product.
/// </summary>
internal static unsafe class SkinnyProduct
{
    /// <summary>With more rows than this, packing pays.</summary>
    public const int MaximumRows = 16;

    /// <summary>Values of the result that stay in the first cache level while all of b passes.</summary>
    private const int BlockValues = 4096;

    /// <summary>Keeps rows of a block, whose number of columns is a power of two, in different sets of the cache.</summary>
    private const int RowGap = 16;

    /// <summary><paramref name="c"/> [m, n] += alpha * <paramref name="a"/> [m, k] * <paramref name="b"/> [k, n].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
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

        if (b.ColumnStride != 1)
        {
            DotKernel.Add(factors, b.Transposed, c);
            return;
        }

        int width = Math.Max(128, BlockValues / c.Rows / 128 * 128);
        for (int left = 0; left < c.Columns; left += width)
        {
            int columns = Math.Min(width, c.Columns - left);
            AddBlock(factors, b.Slice(0, left, b.Rows, columns), c.Slice(0, left, c.Rows, columns));
        }
    }

    /// <summary>Sums beside c, because the rows of c may lie a power of two apart and would push each other out of the cache.</summary>
    private static void AddBlock(float* factors, Operand b, Operand c)
    {
        if (c.Rows == 1)
        {
            StreamKernel.Add(factors, b, c);
            return;
        }

        int stride = c.Columns + RowGap;
        var sums = new Operand(Scratch.Right(c.Rows * stride), c.Rows, c.Columns, stride, 1);
        Copy(c, sums);
        StreamKernel.Add(factors, b, sums);
        Copy(sums, c);
    }

    private static void Copy(Operand source, Operand target)
    {
        for (int row = 0; row < source.Rows; row++)
        {
            var values = new ReadOnlySpan<float>(source.At(row, 0), source.Columns);
            values.CopyTo(new Span<float>(target.At(row, 0), target.Columns));
        }
    }
}
