using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

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

    /// <summary>With at most this many rows, a block of a holds them all.</summary>
    private const int FlatRows = 192;

    /// <summary>Panels of b that are packed together for few rows: rows of b are then read in runs of some cache lines.</summary>
    private const int FlatPanels = 4;

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
        if (window.Bottom - window.Top <= FlatRows && !job.LowerOnly)
        {
            for (int depth = 0; depth < job.Depth; depth += depthStep)
            {
                MultiplyColumns(job, window, depth, Math.Min(depthStep, job.Depth - depth));
            }

            return;
        }

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
        for (; top < window.Bottom; top += rowStep)
        {
            int rows = Math.Min(rowStep, window.Bottom - top);
            Packing.Pack(job.A.Slice(top, depth, rows, depths), TKernel.Rows, packedLeft);
            Window block = window with { Top = top, Bottom = top + rows };
            MultiplyTiles(job, block, depth, depths, packedLeft, packedRight);
        }
    }

    /// <summary>Few rows: all of a is packed first, and b passes once, a few panels at a time that stay in the second cache level.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MultiplyColumns(in ProductJob job, Window window, int depth, int depths)
    {
        int rows = window.Bottom - window.Top;
        int columnStep = FlatPanels * TKernel.Columns;
        float* packedLeft = Scratch.Left((rows + TKernel.Rows) * depths);
        float* packedRight = Scratch.Right(columnStep * depths);
        Packing.Pack(job.A.Slice(window.Top, depth, rows, depths), TKernel.Rows, packedLeft);
        for (int left = window.Left; left < window.Right; left += columnStep)
        {
            int right = Math.Min(left + columnStep, window.Right);
            Packing.Pack(job.B.Slice(depth, left, depths, right - left).Transposed, TKernel.Columns, packedRight);
            MultiplyTiles(job, window with { Left = left, Right = right }, depth, depths, packedLeft, packedRight);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MultiplyTiles(
        in ProductJob job, in Window block, int depth, int depths, float* packedLeft, float* packedRight)
    {
        nint panelSize = (nint)TKernel.Columns * depths;
        int tiles = (block.Bottom - block.Top + TKernel.Rows - 1) / TKernel.Rows;
        int share = ((int)panelSize + tiles - 1) / tiles;
        for (int column = block.Left; column < block.Right; column += TKernel.Columns, packedRight += panelSize)
        {
            float* left = packedLeft;
            float* next = packedRight + panelSize;
            for (int row = block.Top; row < block.Bottom; row += TKernel.Rows, next += share)
            {
                Prefetch(next, share);
                Tiles<TKernel>.Multiply(job, row, column, block, depth, depths, left, packedRight);
                left += (nint)TKernel.Rows * depths;
            }
        }
    }

    /// <summary>Every tile asks for its share of the next panel, which would otherwise come late from the last cache level.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Prefetch(float* values, int length)
    {
        for (int i = 0; Sse.IsSupported && i < length; i += 16)
        {
            Sse.Prefetch0(values + i);
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
