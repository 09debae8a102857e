using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NestedLearning.Tensors;

/// <summary>Tiles of 4 x 8 in eight 128-bit registers, for every other processor.</summary>
internal readonly unsafe struct KernelPortable : IMicroKernel
{
    public static int Rows => 4;

    public static int Columns => 8;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(int depth, float* left, float* right, float* c, nint stride, float alpha, float beta)
    {
        Vector128<float> c00 = default, c01 = default;
        Vector128<float> c10 = default, c11 = default;
        Vector128<float> c20 = default, c21 = default;
        Vector128<float> c30 = default, c31 = default;
        for (; depth > 0; depth--, left += 4, right += 8)
        {
            Vector128<float> b0 = Vector128.Load(right);
            Vector128<float> b1 = Vector128.Load(right + 4);
            Vector128<float> a = Vector128.Create(left[0]);
            c00 = Vector128.MultiplyAddEstimate(a, b0, c00);
            c01 = Vector128.MultiplyAddEstimate(a, b1, c01);
            a = Vector128.Create(left[1]);
            c10 = Vector128.MultiplyAddEstimate(a, b0, c10);
            c11 = Vector128.MultiplyAddEstimate(a, b1, c11);
            a = Vector128.Create(left[2]);
            c20 = Vector128.MultiplyAddEstimate(a, b0, c20);
            c21 = Vector128.MultiplyAddEstimate(a, b1, c21);
            a = Vector128.Create(left[3]);
            c30 = Vector128.MultiplyAddEstimate(a, b0, c30);
            c31 = Vector128.MultiplyAddEstimate(a, b1, c31);
        }

        Store(c, c00, c01, alpha, beta);
        Store(c + stride, c10, c11, alpha, beta);
        Store(c + (2 * stride), c20, c21, alpha, beta);
        Store(c + (3 * stride), c30, c31, alpha, beta);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(float* row, Vector128<float> low, Vector128<float> high, float alpha, float beta)
    {
        low *= alpha;
        high *= alpha;
        if (beta != 0)
        {
            var factor = Vector128.Create(beta);
            low = Vector128.MultiplyAddEstimate(factor, Vector128.Load(row), low);
            high = Vector128.MultiplyAddEstimate(factor, Vector128.Load(row + 4), high);
        }

        low.Store(row);
        high.Store(row + 4);
    }
}
