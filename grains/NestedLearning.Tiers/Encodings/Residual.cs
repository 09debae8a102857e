using NestedLearning.Tensors;

namespace NestedLearning.Tiers;

/// <summary>The arithmetic of what is left over when a dense tensor is coded.</summary>
internal static class Residual
{
    /// <summary>
    /// An update with what the last one lacked. Where the tensor's last dimension grew, the new columns lack nothing; what it
    /// no longer has is dropped.
    /// </summary>
    public static DenseTensor Add(DenseTensor update, DenseTensor? residual)
    {
        if (residual is null || update.Values.IsEmpty || residual.Values.IsEmpty)
        {
            return update;
        }

        float[] sums = update.Values.ToArray();
        int width = update.Shape.Count == 0 ? 1 : update.Shape[^1];
        int oldWidth = residual.Shape.Count == 0 ? 1 : residual.Shape[^1];
        ReadOnlySpan<float> old = residual.Values.Span;
        int rows = Math.Min(sums.Length / width, old.Length / oldWidth);
        int columns = Math.Min(width, oldWidth);
        for (int row = 0; row < rows; row++)
        {
            Vectors.Axpy(1, old.Slice(row * oldWidth, columns), sums.AsSpan(row * width, columns));
        }

        return update with { Values = sums };
    }

    /// <summary>What a reader lacks, or null when it has everything.</summary>
    public static DenseTensor? Of(DenseTensor wanted, DenseTensor read)
    {
        if (wanted.Values.Span.SequenceEqual(read.Values.Span))
        {
            return null;
        }

        float[] rest = wanted.Values.ToArray();
        Vectors.Axpy(-1, read.Values.Span, rest);
        return wanted with { Values = rest };
    }
}
