using System.Runtime.CompilerServices;

namespace NestedLearning.Tensors;

/// <summary>Runs a micro-kernel over the tiles of one block of the result, whose operands are packed.</summary>
internal static unsafe class Tiles<TKernel>
    where TKernel : struct, IMicroKernel
{
    /// <summary>
    /// One tile: rows and columns from [<paramref name="row"/>, <paramref name="column"/>], cut off by the block's edges.
    /// <paramref name="left"/> and <paramref name="right"/> start at term <paramref name="firstDepth"/>, and there are
    /// <paramref name="depths"/> of them.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(
        in ProductJob job, int row, int column, in Window block, int firstDepth, int depths, float* left, float* right)
    {
        if (job.LowerOnly && column > row + TKernel.Rows - 1)
        {
            return;
        }

        float beta = firstDepth == 0 ? job.Beta : 1;
        if (job.Zeros != ZeroTerms.None)
        {
            (int from, int to) = Terms(job.Zeros, row, column);
            from = Math.Clamp(from - firstDepth, 0, depths);
            depths = Math.Clamp(to - firstDepth, from, depths) - from;
            left += (nint)from * TKernel.Rows;
            right += (nint)from * TKernel.Columns;
        }

        bool crosses = job.LowerOnly && column + TKernel.Columns - 1 > row;
        bool whole = row + TKernel.Rows <= block.Bottom && column + TKernel.Columns <= block.Right;
        if (whole && !crosses)
        {
            TKernel.Multiply(depths, left, right, job.C.At(row, column), job.C.RowStride, job.Alpha, beta);
        }
        else
        {
            MultiplyPart(job, row, column, block, depths, left, right, beta);
        }
    }

    /// <summary>The terms that are not zero in every element of a tile: from the first to before the second.</summary>
    private static (int From, int To) Terms(ZeroTerms zeros, int row, int column) => zeros switch
    {
        ZeroTerms.AfterRow => (0, row + TKernel.Rows),
        ZeroTerms.BeforeRow => (row, int.MaxValue),
        ZeroTerms.AfterColumn => (0, column + TKernel.Columns),
        ZeroTerms.BeforeColumn => (column, int.MaxValue),
        _ => (0, int.MaxValue),
    };

    /// <summary>A tile of which only a part may be written: it is computed beside c and that part is copied back.</summary>
    private static void MultiplyPart(
        in ProductJob job, int row, int column, in Window block, int depths, float* left, float* right, float beta)
    {
        float* tile = stackalloc float[TKernel.Rows * TKernel.Columns];
        int rows = Math.Min(TKernel.Rows, block.Bottom - row);
        int columns = Math.Min(TKernel.Columns, block.Right - column);
        for (int i = 0; i < rows && beta != 0; i++)
        {
            new Span<float>(job.C.At(row + i, column), columns).CopyTo(new Span<float>(tile + (i * TKernel.Columns), columns));
        }

        TKernel.Multiply(depths, left, right, tile, TKernel.Columns, job.Alpha, beta);
        for (int i = 0; i < rows; i++)
        {
            int kept = job.LowerOnly ? Math.Clamp(row + i - column + 1, 0, columns) : columns;
            new Span<float>(tile + (i * TKernel.Columns), kept).CopyTo(new Span<float>(job.C.At(row + i, column), kept));
        }
    }
}
