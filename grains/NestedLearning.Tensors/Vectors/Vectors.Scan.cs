using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NestedLearning.Tensors;

/// <content>Kernels that look for one element.</content>
public static partial class Vectors
{
    /// <summary>The index of the largest element, the first of equals. A NaN is never the largest unless it comes first.</summary>
    /// <exception cref="ShapeException">The vector is empty.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int ArgMax(ReadOnlySpan<float> x)
    {
        if (x.IsEmpty)
        {
            throw new ShapeException(nameof(ArgMax), nameof(x), "[0]", "[1 or more]");
        }

        int best = 0;
        int i = 1;
        ref float xs = ref MemoryMarshal.GetReference(x);
        var largest = new Vector<float>(x[0]);
        while (i < x.Length)
        {
            bool whole = i <= x.Length - Vector<float>.Count;
            if (whole && !Vector.GreaterThanAny(Load(ref xs, i), largest))
            {
                i += Vector<float>.Count;
                continue;
            }

            int end = Math.Min(x.Length, i + Vector<float>.Count);
            for (; i < end; i++)
            {
                best = x[i] > x[best] ? i : best;
            }

            largest = new Vector<float>(x[best]);
        }

        return best;
    }

    /// <summary>Whether no element is NaN or infinite; true for an empty vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool AllFinite(ReadOnlySpan<float> x)
    {
        ref float xs = ref MemoryMarshal.GetReference(x);
        int i = 0;
        var limit = new Vector<float>(float.MaxValue);
        for (; i <= x.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            if (!Vector.LessThanOrEqualAll(Vector.Abs(Load(ref xs, i)), limit))
            {
                return false;
            }
        }

        for (; i < x.Length; i++)
        {
            if (!float.IsFinite(x[i]))
            {
                return false;
            }
        }

        return true;
    }
}
