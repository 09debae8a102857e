using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NestedLearning.Tensors;

/// <summary>Copies a matrix between storage by rows and storage by columns, in squares of 4 x 4.</summary>
internal static unsafe class Transposition
{
    /// <summary>Copies <paramref name="source"/>, with contiguous rows, to <paramref name="target"/> of the same shape, with contiguous columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Copy(Operand source, Operand target)
    {
        int rows = Sse.IsSupported ? source.Rows & ~3 : 0;
        int columns = source.Columns & ~3;
        for (int row = 0; row < rows; row += 4)
        {
            for (int column = 0; column < columns; column += 4)
            {
                Square(source.At(row, column), source.RowStride, target.At(row, column), target.ColumnStride);
            }

            CopyElements(source.Slice(row, columns, 4, source.Columns - columns), target.Slice(row, columns, 4, source.Columns - columns));
        }

        int rest = source.Rows - rows;
        CopyElements(source.Slice(rows, 0, rest, source.Columns), target.Slice(rows, 0, rest, source.Columns));
    }

    /// <summary>A square of 4 x 4, from rows to columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Square(float* source, nint sourceStride, float* target, nint targetStride)
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

    private static void CopyElements(Operand source, Operand target)
    {
        for (int row = 0; row < source.Rows; row++)
        {
            for (int column = 0; column < source.Columns; column++)
            {
                *target.At(row, column) = *source.At(row, column);
            }
        }
    }
}
