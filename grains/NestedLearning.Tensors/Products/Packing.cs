using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NestedLearning.Tensors;

/// <summary>
/// Copies an operand into the order in which a micro-kernel reads it: panels of <c>width</c> rows, and in each panel,
/// for every column, the <c>width</c> values of that column side by side. A short last panel is filled up with zeros.
/// Widths are multiples of 2 and at least 4.
/// </summary>
internal static unsafe class Packing
{
    /// <summary>Packs <paramref name="source"/> [rows, depth] into ceil(rows / width) panels of width * depth values.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Pack(Operand source, int width, float* target)
    {
        for (int row = 0; row < source.Rows; row += width)
        {
            int rows = Math.Min(width, source.Rows - row);
            Operand panel = source.Slice(row, 0, rows, source.Columns);
            if (rows < width)
            {
                PackAny(panel, width, target);
            }
            else if (source.RowStride == 1)
            {
                CopyColumns(panel, target);
            }
            else if (source.ColumnStride == 1 && Sse.IsSupported)
            {
                TransposeRows(panel, target);
            }
            else
            {
                PackAny(panel, width, target);
            }

            target += (nint)width * source.Columns;
        }
    }

    /// <summary>The inverse of packing one panel: <paramref name="target"/> has at most <paramref name="width"/> rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Unpack(float* source, int width, Operand target)
    {
        int depth = 0;
        if (target.Rows == width && target.ColumnStride == 1 && Sse.IsSupported)
        {
            for (; depth <= target.Columns - 4; depth += 4)
            {
                for (int row = 0; row < width; row += 4)
                {
                    TransposeSquare(source + (depth * width) + row, width, target.At(row, depth), target.RowStride);
                }
            }
        }

        for (; depth < target.Columns; depth++)
        {
            for (int row = 0; row < target.Rows; row++)
            {
                *target.At(row, depth) = source[(depth * width) + row];
            }
        }
    }

    /// <summary>Each column of the panel is contiguous. Widths are at least 4; the last four values may overlap the ones before.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CopyColumns(Operand panel, float* target)
    {
        float* column = panel.Data;
        for (int depth = 0; depth < panel.Columns; depth++)
        {
            for (int row = 0; row < panel.Rows; row += 4)
            {
                int start = Math.Min(row, panel.Rows - 4);
                Vector128.Store(Vector128.Load(column + start), target + start);
            }

            column += panel.ColumnStride;
            target += panel.Rows;
        }
    }

    /// <summary>Each row of the panel is contiguous: transposes squares of 4 x 4.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TransposeRows(Operand panel, float* target)
    {
        int depth = 0;
        for (; depth <= panel.Columns - 4; depth += 4)
        {
            for (int row = 0; row < panel.Rows; row += 4)
            {
                int start = Math.Min(row, panel.Rows - 4);
                TransposeSquare(panel.Data + (start * panel.RowStride) + depth, panel.RowStride, target + start, panel.Rows);
            }

            target += 4 * panel.Rows;
        }

        PackAny(panel.Slice(0, depth, panel.Rows, panel.Columns - depth), panel.Rows, target);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TransposeSquare(float* source, nint sourceStride, float* target, nint targetStride)
    {
        Vector128<float> r0 = Vector128.Load(source);
        Vector128<float> r1 = Vector128.Load(source + sourceStride);
        Vector128<float> r2 = Vector128.Load(source + (2 * sourceStride));
        Vector128<float> r3 = Vector128.Load(source + (3 * sourceStride));
        Vector128<float> low01 = Sse.UnpackLow(r0, r1);
        Vector128<float> low23 = Sse.UnpackLow(r2, r3);
        Vector128<float> high01 = Sse.UnpackHigh(r0, r1);
        Vector128<float> high23 = Sse.UnpackHigh(r2, r3);
        Sse.MoveLowToHigh(low01, low23).Store(target);
        Sse.MoveHighToLow(low23, low01).Store(target + targetStride);
        Sse.MoveLowToHigh(high01, high23).Store(target + (2 * targetStride));
        Sse.MoveHighToLow(high23, high01).Store(target + (3 * targetStride));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void PackAny(Operand panel, int width, float* target)
    {
        for (int depth = 0; depth < panel.Columns; depth++)
        {
            for (int row = 0; row < width; row++)
            {
                *target++ = row < panel.Rows ? *panel.At(row, depth) : 0;
            }
        }
    }
}
