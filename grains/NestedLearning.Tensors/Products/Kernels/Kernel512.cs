using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NestedLearning.Tensors;

/// <summary>Tiles of 12 x 32 in twenty-four 512-bit registers, for AVX-512.</summary>
internal readonly unsafe struct Kernel512 : IMicroKernel
{
    public static int Rows => 12;

    public static int Columns => 32;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(int depth, float* left, float* right, float* c, nint stride, float alpha, float beta)
    {
        Prefetch(c, stride);
        Vector512<float> c00 = default, c01 = default;
        Vector512<float> c10 = default, c11 = default;
        Vector512<float> c20 = default, c21 = default;
        Vector512<float> c30 = default, c31 = default;
        Vector512<float> c40 = default, c41 = default;
        Vector512<float> c50 = default, c51 = default;
        Vector512<float> c60 = default, c61 = default;
        Vector512<float> c70 = default, c71 = default;
        Vector512<float> c80 = default, c81 = default;
        Vector512<float> c90 = default, c91 = default;
        Vector512<float> c100 = default, c101 = default;
        Vector512<float> c110 = default, c111 = default;
        for (; depth > 0; depth--, left += 12, right += 32)
        {
            Vector512<float> b0 = Vector512.Load(right);
            Vector512<float> b1 = Vector512.Load(right + 16);
            Vector512<float> a = Vector512.Create(left[0]);
            c00 = Vector512.FusedMultiplyAdd(a, b0, c00);
            c01 = Vector512.FusedMultiplyAdd(a, b1, c01);
            a = Vector512.Create(left[1]);
            c10 = Vector512.FusedMultiplyAdd(a, b0, c10);
            c11 = Vector512.FusedMultiplyAdd(a, b1, c11);
            a = Vector512.Create(left[2]);
            c20 = Vector512.FusedMultiplyAdd(a, b0, c20);
            c21 = Vector512.FusedMultiplyAdd(a, b1, c21);
            a = Vector512.Create(left[3]);
            c30 = Vector512.FusedMultiplyAdd(a, b0, c30);
            c31 = Vector512.FusedMultiplyAdd(a, b1, c31);
            a = Vector512.Create(left[4]);
            c40 = Vector512.FusedMultiplyAdd(a, b0, c40);
            c41 = Vector512.FusedMultiplyAdd(a, b1, c41);
            a = Vector512.Create(left[5]);
            c50 = Vector512.FusedMultiplyAdd(a, b0, c50);
            c51 = Vector512.FusedMultiplyAdd(a, b1, c51);
            a = Vector512.Create(left[6]);
            c60 = Vector512.FusedMultiplyAdd(a, b0, c60);
            c61 = Vector512.FusedMultiplyAdd(a, b1, c61);
            a = Vector512.Create(left[7]);
            c70 = Vector512.FusedMultiplyAdd(a, b0, c70);
            c71 = Vector512.FusedMultiplyAdd(a, b1, c71);
            a = Vector512.Create(left[8]);
            c80 = Vector512.FusedMultiplyAdd(a, b0, c80);
            c81 = Vector512.FusedMultiplyAdd(a, b1, c81);
            a = Vector512.Create(left[9]);
            c90 = Vector512.FusedMultiplyAdd(a, b0, c90);
            c91 = Vector512.FusedMultiplyAdd(a, b1, c91);
            a = Vector512.Create(left[10]);
            c100 = Vector512.FusedMultiplyAdd(a, b0, c100);
            c101 = Vector512.FusedMultiplyAdd(a, b1, c101);
            a = Vector512.Create(left[11]);
            c110 = Vector512.FusedMultiplyAdd(a, b0, c110);
            c111 = Vector512.FusedMultiplyAdd(a, b1, c111);
        }

        Store(c, c00, c01, alpha, beta);
        Store(c + stride, c10, c11, alpha, beta);
        Store(c + (2 * stride), c20, c21, alpha, beta);
        Store(c + (3 * stride), c30, c31, alpha, beta);
        Store(c + (4 * stride), c40, c41, alpha, beta);
        Store(c + (5 * stride), c50, c51, alpha, beta);
        Store(c + (6 * stride), c60, c61, alpha, beta);
        Store(c + (7 * stride), c70, c71, alpha, beta);
        Store(c + (8 * stride), c80, c81, alpha, beta);
        Store(c + (9 * stride), c90, c91, alpha, beta);
        Store(c + (10 * stride), c100, c101, alpha, beta);
        Store(c + (11 * stride), c110, c111, alpha, beta);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(float* row, Vector512<float> low, Vector512<float> high, float alpha, float beta)
    {
        low *= alpha;
        high *= alpha;
        if (beta != 0)
        {
            var factor = Vector512.Create(beta);
            low = Vector512.FusedMultiplyAdd(factor, Vector512.Load(row), low);
            high = Vector512.FusedMultiplyAdd(factor, Vector512.Load(row + 16), high);
        }

        low.Store(row);
        high.Store(row + 16);
    }

    /// <summary>Asks for the tile before the depth runs, so that it has arrived when it is stored.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Prefetch(float* c, nint stride)
    {
        if (Sse.IsSupported)
        {
            for (int row = 0; row < 12; row++, c += stride)
            {
                Sse.Prefetch0(c);
                Sse.Prefetch0(c + 16);
            }
        }
    }
}
