namespace NestedLearning.Tiers;

/// <summary>The arithmetic of shapes, safe for dimensions that come from outside.</summary>
internal static class ShapeRule
{
    /// <summary>The product of the dimensions, or <see cref="long.MaxValue"/> when it is over 2^62; 1 for none.</summary>
    public static long Elements(ReadOnlySpan<int> shape)
    {
        if (shape.Contains(0))
        {
            return 0;
        }

        long product = 1;
        foreach (int dimension in shape)
        {
            if (product > (1L << 62) / dimension)
            {
                return long.MaxValue;
            }

            product *= dimension;
        }

        return product;
    }

    /// <summary>The shape of a tensor that is about to be written.</summary>
    /// <exception cref="FrameException">It has too many dimensions, a negative one, or does not fit the values.</exception>
    public static int[] Check(string name, IReadOnlyList<int> shape, int values)
    {
        int[] dimensions = [.. shape];
        if (dimensions.Length > FrameFormat.MaxRank
            || dimensions.AsSpan().ContainsAnyInRange(int.MinValue, -1)
            || Elements(dimensions) != values)
        {
            throw new FrameException(
                FrameProblem.BadShape,
                name,
                $"has the shape [{string.Join(", ", shape)}] for {values} values; accepted are up to {FrameFormat.MaxRank} dimensions of that product");
        }

        return dimensions;
    }
}
