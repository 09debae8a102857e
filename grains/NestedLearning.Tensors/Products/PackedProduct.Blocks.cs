using System.Runtime.CompilerServices;

namespace NestedLearning.Tensors;

/// <summary>
/// The blocked product after Goto and van de Geijn (Anatomy of High-Performance Matrix Multiplication, 2008): a block of b
/// is packed for the last cache level, a block of a for the second, and tiles run over both.
/// </summary>
internal static unsafe class PackedProduct<TKernel>
    where TKernel : struct, IMicroKernel
{
    /// <summary>Values of a panel of b, depth times tile columns: it stays in the first cache level with room to spare.</summary>
    private const int PanelValues = 6144;

    /// <summary>Rows of a block of a: rows times depth stay in the second cache level.</summary>
    private const int MaximumRows = 144;

    /// <summary>Columns of a block of b: columns times depth stay in the last cache level.</summary>
    private const int MaximumColumns = 4096;

    /// <summary>Computes one window of the result.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(in ProductJob job, Window window)
    {
        int right = job.LowerOnly ? Math.Min(window.Right, window.Bottom) : window.Right;
        int depthStep = EvenStep(job.Depth, PanelValues / TKernel.Columns, 1);
        int columnStep = EvenStep(right - window.Left, MaximumColumns, TKernel.Columns);
        float* packedRight = Scratch.Right(depthStep * columnStep);
        for (int left = window.Left; left < right; left += columnStep)
        {
            int columns = Math.Min(columnStep, right - left);
            for (int depth = 0; depth < job.Depth; depth += depthStep)
            {
                int depths = Math.Min(depthStep, job.Depth - depth);
                Packing.Pack(job.B.Slice(depth, left, depths, columns).Transposed, TKernel.Columns, packedRight);
                MultiplyRows(job, window with { Left = left, Right = left + columns }, depth, depths, packedRight);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MultiplyRows(in ProductJob job, Window window, int depth, int depths, float* packedRight)
    {
        int top = job.LowerOnly ? Math.Max(window.Top, window.Left / TKernel.Rows * TKernel.Rows) : window.Top;
        int rowStep = EvenStep(window.Bottom - top, MaximumRows, TKernel.Rows);
        float* packedLeft = Scratch.Left(rowStep * depths);
        float beta = depth == 0 ? job.Beta : 1;
        for (; top < window.Bottom; top += rowStep)
        {
            int rows = Math.Min(rowStep, window.Bottom - top);
            Packing.Pack(job.A.Slice(top, depth, rows, depths), TKernel.Rows, packedLeft);
            Window block = window with { Top = top, Bottom = top + rows };
            MultiplyTiles(job, block, depths, packedLeft, packedRight, beta);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MultiplyTiles(in ProductJob job, Window block, int depths, float* packedLeft, float* packedRight, float beta)
    {
        for (int column = block.Left; column < block.Right; column += TKernel.Columns)
        {
            float* left = packedLeft;
            for (int row = block.Top; row < block.Bottom; row += TKernel.Rows)
            {
                bool above = job.LowerOnly && column > row + TKernel.Rows - 1;
                bool crosses = job.LowerOnly && column + TKernel.Columns - 1 > row;
                bool whole = row + TKernel.Rows <= block.Bottom && column + TKernel.Columns <= block.Right;
                if (whole && !crosses)
                {
                    TKernel.Multiply(depths, left, packedRight, job.C.At(row, column), job.C.RowStride, job.Alpha, beta);
                }
                else if (!above)
                {
                    MultiplyPart(job, row, column, block, depths, left, packedRight, beta);
                }

                left += (nint)TKernel.Rows * depths;
            }

            packedRight += (nint)TKernel.Columns * depths;
        }
    }

    /// <summary>A tile of which only a part may be written: it is computed beside c and that part is copied back.</summary>
    private static void MultiplyPart(
        in ProductJob job, int row, int column, Window block, int depths, float* left, float* right, float beta)
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

    /// <summary>The smallest step, a multiple of <paramref name="unit"/>, that needs no more steps than the largest one.</summary>
    private static int EvenStep(int length, int largest, int unit)
    {
        int steps = Math.Max(1, (length + largest - 1) / largest);
        int step = (length + steps - 1) / steps;
        return Math.Max(unit, (step + unit - 1) / unit * unit);
    }
}
