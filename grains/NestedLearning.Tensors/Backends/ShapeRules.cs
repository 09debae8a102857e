namespace NestedLearning.Tensors;

/// <summary>
/// Which shapes each operation of <see cref="ITensorBackend"/> accepts, and the shape it returns. Every rule names the
/// operation, the operand and what is accepted when it refuses.
/// </summary>
public static partial class ShapeRules
{
    /// <summary>The common shape of two operands that broadcast.</summary>
    /// <exception cref="ShapeException">Two sizes differ and neither is 1.</exception>
    public static Shape Broadcast(string operation, Shape x, Shape y) =>
        x.Equals(y) ? x : TryBroadcast(x.Dimensions, y.Dimensions) is { } common
            ? common
            : throw new ShapeException(operation, nameof(y), y.ToString(), $"a shape that broadcasts with {x}");

    /// <summary>Refuses a shape that does not broadcast to <paramref name="target"/>.</summary>
    /// <exception cref="ShapeException">Two sizes differ and that of <paramref name="x"/> is not 1.</exception>
    public static void BroadcastTo(string operation, Shape x, Shape target)
    {
        if (TryBroadcast(x.Dimensions, target.Dimensions) is not { } common || !common.Equals(target))
        {
            throw new ShapeException(operation, nameof(x), x.ToString(), $"a shape that broadcasts to {target}");
        }
    }

    /// <summary>The axis counted from the outermost.</summary>
    /// <exception cref="ShapeException">There is no such axis.</exception>
    public static int Axis(string operation, Shape x, int axis)
    {
        if (axis < -x.Rank || axis >= x.Rank)
        {
            throw new ShapeException(operation, nameof(x), x.ToString(), $"a shape that has an axis {axis}");
        }

        return axis < 0 ? axis + x.Rank : axis;
    }

    /// <summary>The shape after a reduction over <paramref name="axes"/>, which stay with size 1, and the axes in rising order.</summary>
    /// <exception cref="ShapeException">An axis is not there or is named twice, or a mean or maximum has no elements.</exception>
    public static (Shape Shape, int[] Axes) Reduce(Reduction reduction, Shape x, ReadOnlySpan<int> axes)
    {
        int[] dimensions = x.Dimensions.ToArray();
        int[] sorted = new int[axes.Length];
        for (int i = 0; i < axes.Length; i++)
        {
            sorted[i] = Axis(reduction.ToString(), x, axes[i]);
            if (sorted.AsSpan(0, i).Contains(sorted[i]))
            {
                throw new ShapeException(reduction.ToString(), nameof(x), x.ToString(), $"every axis at most once, not {axes[i]} twice");
            }

            if (reduction != Reduction.Sum && x[sorted[i]] == 0)
            {
                throw new ShapeException(reduction.ToString(), nameof(x), x.ToString(), $"1 or more elements along axis {axes[i]}");
            }

            dimensions[sorted[i]] = 1;
        }

        Array.Sort(sorted);
        return (Shape.Create(dimensions), sorted);
    }

    /// <summary>Refuses a shape without an innermost axis.</summary>
    /// <exception cref="ShapeException">There are no axes.</exception>
    public static void Rows(string operation, Shape x)
    {
        if (x.Rank == 0)
        {
            throw new ShapeException(operation, nameof(x), x.ToString(), "1 or more axes");
        }
    }

    /// <summary>Refuses an operand whose shape is not <paramref name="expected"/>.</summary>
    /// <exception cref="ShapeException">The shapes differ.</exception>
    public static void Same(string operation, string operand, Shape actual, Shape expected)
    {
        if (!actual.Equals(expected))
        {
            throw new ShapeException(operation, operand, actual.ToString(), expected.ToString());
        }
    }

    /// <summary>Refuses moments or a gradient of another shape than that of the parameters.</summary>
    /// <exception cref="ShapeException">A shape differs.</exception>
    public static void Adam(AdamState state, Tensor gradient)
    {
        Same(nameof(Adam), nameof(state.First), state.First.Shape, state.Parameters.Shape);
        Same(nameof(Adam), nameof(state.Second), state.Second.Shape, state.Parameters.Shape);
        Same(nameof(Adam), nameof(gradient), gradient.Shape, state.Parameters.Shape);
    }

    private static Shape? TryBroadcast(ReadOnlySpan<int> x, ReadOnlySpan<int> y)
    {
        int[] common = new int[Math.Max(x.Length, y.Length)];
        for (int i = 1; i <= common.Length; i++)
        {
            int left = i <= x.Length ? x[^i] : 1;
            int right = i <= y.Length ? y[^i] : 1;
            if (left != right && left != 1 && right != 1)
            {
                return null;
            }

            common[^i] = left == 1 ? right : left;
        }

        return Shape.Create(common);
    }
}
