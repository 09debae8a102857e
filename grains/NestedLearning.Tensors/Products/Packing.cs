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
    /// <summary>Panels that are filled side by side, so that the source is read in longer runs.</summary>
    private const int PanelGroup = 4;

    /// <summary>Columns of the source that are asked for ahead.</summary>
    private const int PrefetchColumns = 8;

    /// <summary>Packs <paramref name="source"/> [rows, depth] into ceil(rows / width) panels of width * depth values.</summary>
    public static void Pack(Operand source, int width, float* target)
    {
        int whole = source.Rows / width * width;
        Operand panels = source.Slice(0, 0, whole, source.Columns);
        if (source.RowStride == 1)
        {
            CopyColumns(panels, width, target);
        }
        else if (source.ColumnStride == 1 && Sse.IsSupported)
        {
            TransposeRows(panels, width, target);
        }
        else
        {
            CopyElements(panels, width, target);
        }

        target += (nint)whole * source.Columns;
        CopyElements(source.Slice(whole, 0, source.Rows - whole, source.Columns), width, target);
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
                    Transposition.Square(source + (depth * width) + row, width, target.At(row, depth), target.RowStride);
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

    /// <summary>Each column is contiguous. The last four values of a panel's column may overlap the ones before.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CopyColumns(Operand source, int width, float* target)
    {
        nint panelSize = (nint)width * source.Columns;
        int groupRows = PanelGroup * width;
        for (int row = 0; row < source.Rows; row += groupRows, target += PanelGroup * panelSize)
        {
            float* first = source.Data + row;
            float* last = first + Math.Min(groupRows, source.Rows - row);
            float* start = target;
            for (int depth = 0; depth < source.Columns; depth++, first += source.ColumnStride, last += source.ColumnStride, start += width)
            {
                float* panel = start;
                PrefetchLines(first + (PrefetchColumns * source.ColumnStride), 16, ((int)(last - first) + 15) / 16);
                for (float* column = first; column < last; column += width, panel += panelSize)
                {
                    CopyShort(column, width, panel);
                }
            }
        }
    }

    /// <summary>Asks for values that are packed soon. It does no harm past the end of the source.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void PrefetchLines(float* line, nint stride, int count)
    {
        for (int i = 0; Sse.IsSupported && i < count; i++, line += stride)
        {
            Sse.Prefetch1(line);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CopyShort(float* source, int length, float* target)
    {
        for (int i = 0; i < length; i += 4)
        {
            int start = Math.Min(i, length - 4);
            Vector128.Load(source + start).Store(target + start);
        }
    }

    /// <summary>
    /// Each row is contiguous: transposes squares of 4 x 4. Four rows advance by a whole cache line at a time, because rows
    /// that lie a power of two apart would push each other out of the cache.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TransposeRows(Operand source, int width, float* target)
    {
        for (int top = 0; top < source.Rows; top += width)
        {
            float* first = source.Data + (top * source.RowStride);
            int depth = 0;
            for (; depth <= source.Columns - 16; depth += 16, target += 16 * width)
            {
                for (int row = 0; row < width; row += 4)
                {
                    int start = Math.Min(row, width - 4);
                    float* corner = first + (start * source.RowStride) + depth;
                    Transposition.Square(corner, source.RowStride, target + start, width);
                    Transposition.Square(corner + 4, source.RowStride, target + (4 * width) + start, width);
                    Transposition.Square(corner + 8, source.RowStride, target + (8 * width) + start, width);
                    Transposition.Square(corner + 12, source.RowStride, target + (12 * width) + start, width);
                }
            }

            int rest = source.Columns - depth;
            CopyElements(source.Slice(top, depth, width, rest), width, target);
            target += rest * width;
        }
    }

    /// <summary>Any strides, element by element; a panel that is not full is filled up with zeros.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CopyElements(Operand source, int width, float* target)
    {
        for (int top = 0; top < source.Rows; top += width)
        {
            for (int depth = 0; depth < source.Columns; depth++)
            {
                for (int row = top; row < top + width; row++)
                {
                    *target++ = row < source.Rows ? *source.At(row, depth) : 0;
                }
            }
        }
    }
}
