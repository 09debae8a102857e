namespace NestedLearning.Tensors.Contracts;

/// <summary>Seeded shapes with empty, single and odd axes among them.</summary>
public static class RandomShapes
{
    private static readonly int[] Sizes = [0, 1, 1, 2, 3, 4, 5, 7, 8, 9, 17];

    /// <summary>A size that may be 0 or 1.</summary>
    public static int Size(Random random) => Sizes[random.Next(Sizes.Length)];

    /// <summary>A shape of this rank; a quarter of them may have an empty axis.</summary>
    public static Shape Of(Random random, int rank)
    {
        bool mayBeEmpty = random.Next(4) == 0;
        int[] sizes = new int[rank];
        for (int axis = 0; axis < rank; axis++)
        {
            int size = axis < 2 ? Size(random) : Math.Min(5, Size(random));
            sizes[axis] = mayBeEmpty ? size : Math.Max(1, size);
        }

        return Shape.Create(sizes);
    }

    /// <summary>A shape that broadcasts to <paramref name="target"/>: some axes 1, some outer axes missing.</summary>
    public static Shape BroadcastingTo(Random random, Shape target)
    {
        int[] sizes = target.Dimensions.ToArray();
        for (int axis = 0; axis < sizes.Length; axis++)
        {
            sizes[axis] = random.Next(3) == 0 ? 1 : sizes[axis];
        }

        return Shape.Create(sizes.AsSpan(random.Next(3) == 0 ? random.Next(sizes.Length + 1) : 0));
    }
}
