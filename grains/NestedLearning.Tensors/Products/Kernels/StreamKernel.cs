using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NestedLearning.Tensors;

/// <summary>Adds multiples of the rows of a large matrix to few rows, reading the matrix in the order in which it lies.</summary>
internal static unsafe class StreamKernel
{
    private const int Lanes = 8;

    /// <summary>c [m, n] += factors [m, k] * b [k, n], four rows of b at a time; the factors are contiguous.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add(float* factors, Operand b, Operand c)
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
}
