using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NestedLearning.Tensors;

/// <summary>The gradient of the norm of every row, a round for each: see <see cref="IFusedGradients.NormalizeGradient"/>.</summary>
internal readonly struct NormalizationGradientWork(
    Normalization normalization, ManagedTensor x, ManagedTensor y, float epsilon, ManagedTensor gradient, ManagedTensor z) : IRangeWork
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(int start, int end)
    {
        int columns = x.Shape[^1];
        float weight = normalization == Normalization.Unit ? 1 : 1f / columns;
        for (int row = start; row < end; row++)
        {
            ReadOnlySpan<float> source = x.Values.Slice(row * columns, columns);
            ReadOnlySpan<float> result = y.Values.Slice(row * columns, columns);
            ReadOnlySpan<float> g = gradient.Values.Slice(row * columns, columns);
            (float mean, float gradientMean) = normalization == Normalization.Layer
                ? (RowSum.Of(source) / columns, RowSum.Of(g) / columns)
                : (0, 0);
            (float power, float along) = Sums(source, mean, result, g);
            float factor = 1 / MathF.Sqrt((power * weight) + epsilon);
            ElementLoop.Affine(factor, g, -factor * along * weight, result, -factor * gradientMean, z.Values.Slice(row * columns, columns));
        }
    }

    /// <summary><c>Σ (x - mean)²</c> and <c>Σ y g</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (float Power, float Along) Sums(ReadOnlySpan<float> x, float mean, ReadOnlySpan<float> y, ReadOnlySpan<float> g)
    {
        ref float xs = ref MemoryMarshal.GetReference(x);
        ref float ys = ref MemoryMarshal.GetReference(y);
        ref float gs = ref MemoryMarshal.GetReference(g);
        var center = new Vector<float>(mean);
        Vector<float> squares = default;
        Vector<float> products = default;
        int i = 0;
        for (; i <= x.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector<float> offset = Vector.LoadUnsafe(ref xs, (nuint)i) - center;
            squares = Vector.MultiplyAddEstimate(offset, offset, squares);
            products = Vector.MultiplyAddEstimate(Vector.LoadUnsafe(ref ys, (nuint)i), Vector.LoadUnsafe(ref gs, (nuint)i), products);
        }

        (float power, float along) = (Vector.Sum(squares), Vector.Sum(products));
        for (; i < x.Length; i++)
        {
            power += (x[i] - mean) * (x[i] - mean);
            along += y[i] * g[i];
        }

        return (power, along);
    }
}
