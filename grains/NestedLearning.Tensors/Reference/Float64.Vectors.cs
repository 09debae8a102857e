using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NestedLearning.Tensors;

/// <content>The vector kernels below the factorization and the solve.</content>
public static partial class Float64
{
    /// <summary>target[j] -= inner product of x [64] and row j of <paramref name="rows"/> [n, 64], for target [n].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SubtractDots(ReadOnlySpan<double> x, ReadOnlySpan<double> rows, Span<double> target)
    {
        ref double xs = ref MemoryMarshal.GetReference(x);
        int j = 0;
        for (; j <= target.Length - 4; j += 4)
        {
            ref double y = ref Unsafe.AsRef(in rows[j * PanelColumns]);
            Vector256<double> s0 = default, s1 = default, s2 = default, s3 = default;
            for (int p = 0; p < PanelColumns; p += Vector256<double>.Count)
            {
                Vector256<double> value = Load(ref xs, p);
                s0 = Vector256.MultiplyAddEstimate(value, Load(ref y, p), s0);
                s1 = Vector256.MultiplyAddEstimate(value, Load(ref y, p + PanelColumns), s1);
                s2 = Vector256.MultiplyAddEstimate(value, Load(ref y, p + (2 * PanelColumns)), s2);
                s3 = Vector256.MultiplyAddEstimate(value, Load(ref y, p + (3 * PanelColumns)), s3);
            }

            target[j] -= Vector256.Sum(s0);
            target[j + 1] -= Vector256.Sum(s1);
            target[j + 2] -= Vector256.Sum(s2);
            target[j + 3] -= Vector256.Sum(s3);
        }

        for (; j < target.Length; j++)
        {
            target[j] -= Dot(x, rows.Slice(j * PanelColumns, PanelColumns));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        Vector<double> sums = default;
        int i = 0;
        for (; i <= x.Length - Vector<double>.Count; i += Vector<double>.Count)
        {
            sums = Vector.MultiplyAddEstimate(new Vector<double>(x[i..]), new Vector<double>(y[i..]), sums);
        }

        double sum = Vector.Sum(sums);
        for (; i < x.Length; i++)
        {
            sum += x[i] * y[i];
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Subtract(double factor, ReadOnlySpan<double> source, Span<double> target)
    {
        var factors = new Vector<double>(factor);
        int i = 0;
        for (; i <= target.Length - Vector<double>.Count; i += Vector<double>.Count)
        {
            Vector<double> rest = new Vector<double>(target[i..]) - (factors * new Vector<double>(source[i..]));
            rest.CopyTo(target[i..]);
        }

        for (; i < target.Length; i++)
        {
            target[i] -= factor * source[i];
        }
    }

    private static void Divide(Span<double> values, double divisor)
    {
        for (int i = 0; i < values.Length; i++)
        {
            values[i] /= divisor;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Load(ref double start, int index) => Vector256.LoadUnsafe(ref start, (nuint)index);
}
