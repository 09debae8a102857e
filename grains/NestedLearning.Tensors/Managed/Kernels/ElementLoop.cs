using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NestedLearning.Tensors;

/// <summary>
/// Applies kernels to spans. The last, shorter piece goes through a padded register, so an element's result does not depend
/// on where in the span it stands. Operands are at least as long as the result; what is beyond is not read.
/// </summary>
internal static class ElementLoop
{
    /// <summary>Once, for good and by itself: a long loop like that of gelu takes 1.6 times as long where it is inlined into its callers.</summary>
    private const MethodImplOptions Compiled = MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining;

    /// <summary><paramref name="z"/>[i] = kernel(<paramref name="x"/>[i]).</summary>
    [MethodImpl(Compiled)]
    public static void Map<TKernel>(ReadOnlySpan<float> x, Span<float> z)
        where TKernel : struct, IUnaryKernel
    {
        ref float xs = ref MemoryMarshal.GetReference(x[..z.Length]);
        ref float zs = ref MemoryMarshal.GetReference(z);
        int whole = z.Length - (z.Length % Vector<float>.Count);
        for (int i = 0; i < whole; i += Vector<float>.Count)
        {
            TKernel.Apply(Load(ref xs, i)).StoreUnsafe(ref zs, (nuint)i);
        }

        if (whole < z.Length)
        {
            StoreTail(TKernel.Apply(LoadTail(x[whole..z.Length])), z[whole..]);
        }
    }

    /// <summary><paramref name="z"/>[i] = kernel(<paramref name="x"/>[i], <paramref name="y"/>[i]).</summary>
    [MethodImpl(Compiled)]
    public static void Combine<TKernel>(ReadOnlySpan<float> x, ReadOnlySpan<float> y, Span<float> z)
        where TKernel : struct, IBinaryKernel
    {
        ref float xs = ref MemoryMarshal.GetReference(x[..z.Length]);
        ref float ys = ref MemoryMarshal.GetReference(y[..z.Length]);
        ref float zs = ref MemoryMarshal.GetReference(z);
        int whole = z.Length - (z.Length % Vector<float>.Count);
        for (int i = 0; i < whole; i += Vector<float>.Count)
        {
            TKernel.Apply(Load(ref xs, i), Load(ref ys, i)).StoreUnsafe(ref zs, (nuint)i);
        }

        if (whole < z.Length)
        {
            StoreTail(TKernel.Apply(LoadTail(x[whole..z.Length]), LoadTail(y[whole..z.Length])), z[whole..]);
        }
    }

    /// <summary><paramref name="z"/>[i] = kernel(<paramref name="x"/>[i], <paramref name="y"/>).</summary>
    [MethodImpl(Compiled)]
    public static void Combine<TKernel>(ReadOnlySpan<float> x, float y, Span<float> z)
        where TKernel : struct, IBinaryKernel
    {
        ref float xs = ref MemoryMarshal.GetReference(x[..z.Length]);
        ref float zs = ref MemoryMarshal.GetReference(z);
        var right = new Vector<float>(y);
        int whole = z.Length - (z.Length % Vector<float>.Count);
        for (int i = 0; i < whole; i += Vector<float>.Count)
        {
            TKernel.Apply(Load(ref xs, i), right).StoreUnsafe(ref zs, (nuint)i);
        }

        if (whole < z.Length)
        {
            StoreTail(TKernel.Apply(LoadTail(x[whole..z.Length]), right), z[whole..]);
        }
    }

    /// <summary><paramref name="z"/>[i] = kernel(<paramref name="x"/>, <paramref name="y"/>[i]).</summary>
    [MethodImpl(Compiled)]
    public static void Combine<TKernel>(float x, ReadOnlySpan<float> y, Span<float> z)
        where TKernel : struct, IBinaryKernel
    {
        ref float ys = ref MemoryMarshal.GetReference(y[..z.Length]);
        ref float zs = ref MemoryMarshal.GetReference(z);
        var left = new Vector<float>(x);
        int whole = z.Length - (z.Length % Vector<float>.Count);
        for (int i = 0; i < whole; i += Vector<float>.Count)
        {
            TKernel.Apply(left, Load(ref ys, i)).StoreUnsafe(ref zs, (nuint)i);
        }

        if (whole < z.Length)
        {
            StoreTail(TKernel.Apply(left, LoadTail(y[whole..z.Length])), z[whole..]);
        }
    }

    /// <summary><paramref name="z"/>[i] += <paramref name="x"/>[i] <paramref name="y"/>[i].</summary>
    [MethodImpl(Compiled)]
    public static void MultiplyAdd(ReadOnlySpan<float> x, ReadOnlySpan<float> y, Span<float> z)
    {
        ref float xs = ref MemoryMarshal.GetReference(x[..z.Length]);
        ref float ys = ref MemoryMarshal.GetReference(y[..z.Length]);
        ref float zs = ref MemoryMarshal.GetReference(z);
        int i = 0;
        for (; i <= z.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector.MultiplyAddEstimate(Load(ref xs, i), Load(ref ys, i), Load(ref zs, i)).StoreUnsafe(ref zs, (nuint)i);
        }

        for (; i < z.Length; i++)
        {
            z[i] = float.MultiplyAddEstimate(x[i], y[i], z[i]);
        }
    }

    /// <summary><paramref name="z"/>[i] = <paramref name="a"/> <paramref name="x"/>[i] + <paramref name="b"/> <paramref name="y"/>[i] + <paramref name="c"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Affine(float a, ReadOnlySpan<float> x, float b, ReadOnlySpan<float> y, float c, Span<float> z)
    {
        ref float xs = ref MemoryMarshal.GetReference(x[..z.Length]);
        ref float ys = ref MemoryMarshal.GetReference(y[..z.Length]);
        ref float zs = ref MemoryMarshal.GetReference(z);
        (var left, var right, var shift) = (new Vector<float>(a), new Vector<float>(b), new Vector<float>(c));
        int i = 0;
        for (; i <= z.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector<float> part = Vector.MultiplyAddEstimate(right, Load(ref ys, i), shift);
            Vector.MultiplyAddEstimate(left, Load(ref xs, i), part).StoreUnsafe(ref zs, (nuint)i);
        }

        for (; i < z.Length; i++)
        {
            z[i] = float.MultiplyAddEstimate(a, x[i], float.MultiplyAddEstimate(b, y[i], c));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Load(ref float start, int index) => Vector.LoadUnsafe(ref start, (nuint)index);

    private static Vector<float> LoadTail(ReadOnlySpan<float> values)
    {
        Span<float> padded = stackalloc float[Vector<float>.Count];
        padded.Clear();
        values.CopyTo(padded);
        return new Vector<float>(padded);
    }

    private static void StoreTail(Vector<float> values, Span<float> target)
    {
        Span<float> padded = stackalloc float[Vector<float>.Count];
        values.CopyTo(padded);
        padded[..target.Length].CopyTo(target);
    }
}
