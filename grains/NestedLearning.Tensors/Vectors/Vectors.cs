using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NestedLearning.Tensors;

/// <summary>Kernels over one or two float32 vectors, as wide as the processor's registers.</summary>
public static partial class Vectors
{
    /// <summary>The inner product of <paramref name="x"/> [n] and <paramref name="y"/> [n]; 0 when n is 0.</summary>
    /// <exception cref="ShapeException">The lengths differ.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float Dot(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        ShapeGuard.RequireLength(nameof(Dot), nameof(y), y.Length, x.Length);
        ref float xs = ref MemoryMarshal.GetReference(x);
        ref float ys = ref MemoryMarshal.GetReference(y);
        int width = Vector<float>.Count;
        int i = 0;
        Vector<float> s0 = default, s1 = default, s2 = default, s3 = default;
        for (; i <= x.Length - (4 * width); i += 4 * width)
        {
            s0 = Vector.MultiplyAddEstimate(Load(ref xs, i), Load(ref ys, i), s0);
            s1 = Vector.MultiplyAddEstimate(Load(ref xs, i + width), Load(ref ys, i + width), s1);
            s2 = Vector.MultiplyAddEstimate(Load(ref xs, i + (2 * width)), Load(ref ys, i + (2 * width)), s2);
            s3 = Vector.MultiplyAddEstimate(Load(ref xs, i + (3 * width)), Load(ref ys, i + (3 * width)), s3);
        }

        for (; i <= x.Length - width; i += width)
        {
            s0 = Vector.MultiplyAddEstimate(Load(ref xs, i), Load(ref ys, i), s0);
        }

        float sum = Vector.Sum(s0 + s1 + (s2 + s3));
        for (; i < x.Length; i++)
        {
            sum += x[i] * y[i];
        }

        return sum;
    }

    /// <summary><paramref name="y"/> += <paramref name="alpha"/> * <paramref name="x"/>, both [n].</summary>
    /// <exception cref="ShapeException">The lengths differ.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Axpy(float alpha, ReadOnlySpan<float> x, Span<float> y)
    {
        ShapeGuard.RequireLength(nameof(Axpy), nameof(y), y.Length, x.Length);
        ref float xs = ref MemoryMarshal.GetReference(x);
        ref float ys = ref MemoryMarshal.GetReference(y);
        var factor = new Vector<float>(alpha);
        int i = 0;
        for (; i <= x.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector<float> sum = Vector.MultiplyAddEstimate(factor, Load(ref xs, i), Load(ref ys, i));
            sum.StoreUnsafe(ref ys, (nuint)i);
        }

        for (; i < x.Length; i++)
        {
            y[i] = float.MultiplyAddEstimate(alpha, x[i], y[i]);
        }
    }

    /// <summary><paramref name="x"/> *= <paramref name="alpha"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Scale(float alpha, Span<float> x)
    {
        ref float xs = ref MemoryMarshal.GetReference(x);
        int i = 0;
        for (; i <= x.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            (Load(ref xs, i) * alpha).StoreUnsafe(ref xs, (nuint)i);
        }

        for (; i < x.Length; i++)
        {
            x[i] *= alpha;
        }
    }

    /// <summary>The squared Euclidean norm of <paramref name="x"/>.</summary>
    public static float SumOfSquares(ReadOnlySpan<float> x) => Dot(x, x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Load(ref float start, int index) => Vector.LoadUnsafe(ref start, (nuint)index);
}
