using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NestedLearning.Tensors;

/// <summary>Tiles of 6 x 16 in twelve 256-bit registers, for AVX2 with FMA.</summary>
internal readonly unsafe struct Kernel256 : IMicroKernel
{
    public static int Rows => 6;

    public static int Columns => 16;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(int depth, float* left, float* right, float* c, nint stride, float alpha, float beta)
    {
        Prefetch(c, stride);
        Vector256<float> c00 = default, c01 = default;
        Vector256<float> c10 = default, c11 = default;
        Vector256<float> c20 = default, c21 = default;
        Vector256<float> c30 = default, c31 = default;
        Vector256<float> c40 = default, c41 = default;
        Vector256<float> c50 = default, c51 = default;
        for (; depth > 0; depth--, left += 6, right += 16)
        {
            Vector256<float> b0 = Vector256.Load(right);
            Vector256<float> b1 = Vector256.Load(right + 8);
            Vector256<float> a = Vector256.Create(left[0]);
            c00 = Vector256.FusedMultiplyAdd(a, b0, c00);
            c01 = Vector256.FusedMultiplyAdd(a, b1, c01);
            a = Vector256.Create(left[1]);
            c10 = Vector256.FusedMultiplyAdd(a, b0, c10);
            c11 = Vector256.FusedMultiplyAdd(a, b1, c11);
            a = Vector256.Create(left[2]);
            c20 = Vector256.FusedMultiplyAdd(a, b0, c20);
            c21 = Vector256.FusedMultiplyAdd(a, b1, c21);
            a = Vector256.Create(left[3]);
            c30 = Vector256.FusedMultiplyAdd(a, b0, c30);
            c31 = Vector256.FusedMultiplyAdd(a, b1, c31);
            a = Vector256.Create(left[4]);
            c40 = Vector256.FusedMultiplyAdd(a, b0, c40);
            c41 = Vector256.FusedMultiplyAdd(a, b1, c41);
            a = Vector256.Create(left[5]);
            c50 = Vector256.FusedMultiplyAdd(a, b0, c50);
            c51 = Vector256.FusedMultiplyAdd(a, b1, c51);
        }

        Store(c, c00, c01, alpha, beta);
        Store(c + stride, c10, c11, alpha, beta);
        Store(c + (2 * stride), c20, c21, alpha, beta);
        Store(c + (3 * stride), c30, c31, alpha, beta);
        Store(c + (4 * stride), c40, c41, alpha, beta);
        Store(c + (5 * stride), c50, c51, alpha, beta);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(float* row, Vector256<float> low, Vector256<float> high, float alpha, float beta)
    {
        low *= alpha;
        high *= alpha;
        if (beta != 0)
        {
            var factor = Vector256.Create(beta);
            low = Vector256.FusedMultiplyAdd(factor, Vector256.Load(row), low);
            high = Vector256.FusedMultiplyAdd(factor, Vector256.Load(row + 8), high);
        }

        low.Store(row);
        high.Store(row + 8);
    }

    /// <summary>Asks for the tile before the depth runs, so that it has arrived when it is stored.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Prefetch(float* c, nint stride)
    {
        if (Sse.IsSupported)
        {
            for (int row = 0; row < 6; row++, c += stride)
            {
                Sse.Prefetch0(c);
                Sse.Prefetch0(c + 15);
            }
        }
    }
}
