using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NestedLearning.Tensors;

/// <summary>Substitution with one small diagonal block, on tiles of sixteen right-hand sides held in the first cache level.</summary>
internal static unsafe class TriangularTile
{
    /// <summary>The largest block.</summary>
    public const int MaximumRows = 64;

    /// <summary>The right-hand sides of one tile.</summary>
    public const int Columns = 16;

    private const int Lanes = 8;

    /// <summary>Overwrites <paramref name="b"/> [n, m] by <c>L⁻¹ b</c>, or by <c>L⁻ᵀ b</c> when <paramref name="transposed"/>; n is at most <see cref="MaximumRows"/>.</summary>
    public static void Solve(Operand l, Operand b, bool transposed)
    {
        int n = l.Rows;
        float* factor = stackalloc float[MaximumRows * MaximumRows];
        float* room = stackalloc float[(MaximumRows + 1) * Columns];
        float* tile = Scratch.Align(room);
        CopyFactor(l, factor, transposed);

        // A transposed factor read backwards is lower triangular again, so the tile is read backwards too.
        float* start = transposed ? tile + ((n - 1) * Columns) : tile;
        nint stride = transposed ? -Columns : Columns;
        for (int column = 0; column < b.Columns; column += Columns)
        {
            Operand part = b.Slice(0, column, n, Math.Min(Columns, b.Columns - column));
            Packing.Pack(part.Transposed, Columns, tile);
            Substitute(factor, n, start, stride);
            Packing.Unpack(tile, Columns, part.Transposed);
        }
    }

    /// <summary>Copies the triangle, row after row, with the reciprocal on the diagonal.</summary>
    private static void CopyFactor(Operand l, float* factor, bool transposed)
    {
        int n = l.Rows;
        for (int row = 0; row < n; row++, factor += n)
        {
            for (int column = 0; column < row; column++)
            {
                factor[column] = transposed ? *l.At(n - 1 - column, n - 1 - row) : *l.At(row, column);
            }

            int diagonal = transposed ? n - 1 - row : row;
            factor[row] = 1 / *l.At(diagonal, diagonal);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Substitute(float* factor, int n, float* tile, nint stride)
    {
        int row = 0;
        for (; row <= n - 4; row += 4)
        {
            SubtractSolved(factor + (row * n), n, tile, stride, row);
            for (int i = 0; i < 4; i++)
            {
                FinishRow(factor + ((row + i) * n), tile, stride, row, row + i);
            }
        }

        for (; row < n; row++)
        {
            FinishRow(factor + (row * n), tile, stride, 0, row);
        }
    }

    /// <summary>Subtracts from four rows of the tile what the rows before them, already solved, contribute.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SubtractSolved(float* factor, int n, float* tile, nint stride, int solved)
    {
        float* f1 = factor + n;
        float* f2 = f1 + n;
        float* f3 = f2 + n;
        Vector256<float> s00 = default, s01 = default, s10 = default, s11 = default;
        Vector256<float> s20 = default, s21 = default, s30 = default, s31 = default;
        float* source = tile;
        for (int p = 0; p < solved; p++, source += stride)
        {
            Vector256<float> low = Vector256.Load(source), high = Vector256.Load(source + Lanes);
            var f = Vector256.Create(factor[p]);
            s00 = Vector256.MultiplyAddEstimate(f, low, s00);
            s01 = Vector256.MultiplyAddEstimate(f, high, s01);
            f = Vector256.Create(f1[p]);
            s10 = Vector256.MultiplyAddEstimate(f, low, s10);
            s11 = Vector256.MultiplyAddEstimate(f, high, s11);
            f = Vector256.Create(f2[p]);
            s20 = Vector256.MultiplyAddEstimate(f, low, s20);
            s21 = Vector256.MultiplyAddEstimate(f, high, s21);
            f = Vector256.Create(f3[p]);
            s30 = Vector256.MultiplyAddEstimate(f, low, s30);
            s31 = Vector256.MultiplyAddEstimate(f, high, s31);
        }

        Subtract(source, s00, s01);
        Subtract(source + stride, s10, s11);
        Subtract(source + (2 * stride), s20, s21);
        Subtract(source + (3 * stride), s30, s31);
    }

    /// <summary>Subtracts rows <paramref name="from"/> to <paramref name="row"/> - 1 from that row and divides by the diagonal.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FinishRow(float* factor, float* tile, nint stride, int from, int row)
    {
        Vector256<float> low = default, high = default;
        for (int p = from; p < row; p++)
        {
            var f = Vector256.Create(factor[p]);
            low = Vector256.MultiplyAddEstimate(f, Vector256.Load(tile + (p * stride)), low);
            high = Vector256.MultiplyAddEstimate(f, Vector256.Load(tile + (p * stride) + Lanes), high);
        }

        float* target = tile + (row * stride);
        ((Vector256.Load(target) - low) * factor[row]).Store(target);
        ((Vector256.Load(target + Lanes) - high) * factor[row]).Store(target + Lanes);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Subtract(float* target, Vector256<float> low, Vector256<float> high)
    {
        (Vector256.Load(target) - low).Store(target);
        (Vector256.Load(target + Lanes) - high).Store(target + Lanes);
    }
}
