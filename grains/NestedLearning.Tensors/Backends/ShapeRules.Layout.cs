namespace NestedLearning.Tensors;

/// <content>Operations that move elements and compute nothing.</content>
public static partial class ShapeRules
{
    /// <summary>Refuses a number of values that is not that of the shape.</summary>
    /// <exception cref="ShapeException">The numbers differ.</exception>
    public static void Values(string operation, Shape shape, int count)
    {
        if (shape.ElementCount != count)
        {
            throw new ShapeException(operation, "values", $"[{count}]", $"[{shape.ElementCount}] for {shape}");
        }
    }

    /// <summary>Refuses a new shape with another number of elements.</summary>
    /// <exception cref="ShapeException">The numbers differ.</exception>
    public static void Reshape(Shape x, Shape shape)
    {
        if (x.ElementCount != shape.ElementCount)
        {
            throw new ShapeException(nameof(Reshape), nameof(x), x.ToString(), $"{shape.ElementCount} elements for {shape}");
        }
    }

    /// <summary>The shape with its axes in another order, and the axes counted from the outermost.</summary>
    /// <exception cref="ShapeException">The axes are not each named once.</exception>
    public static (Shape Shape, int[] Axes) Permute(Shape x, ReadOnlySpan<int> axes)
    {
        int[] order = new int[axes.Length];
        int[] dimensions = new int[axes.Length];
        bool complete = axes.Length == x.Rank;
        for (int i = 0; complete && i < axes.Length; i++)
        {
            order[i] = Axis(nameof(Permute), x, axes[i]);
            dimensions[i] = x[order[i]];
            complete = !order.AsSpan(0, i).Contains(order[i]);
        }

        return complete
            ? (Shape.Create(dimensions), order)
            : throw new ShapeException(
                nameof(Permute), nameof(x), x.ToString(), $"a shape whose axes are each named once in {Shape.Describe(axes)}");
    }

    /// <summary>The shape of a part of one axis.</summary>
    /// <exception cref="ShapeException">The part is not within the axis.</exception>
    public static Shape Slice(Shape x, int axis, int start, int length)
    {
        axis = Axis(nameof(Slice), x, axis);
        if (start < 0 || length < 0 || start > x[axis] - length)
        {
            throw new ShapeException(
                nameof(Slice), nameof(x), x.ToString(), $"a shape that has elements {start} to {(long)start + length} along axis {axis}");
        }

        return [.. x.Dimensions[..axis], length, .. x.Dimensions[(axis + 1)..]];
    }

    /// <summary>The shape of tensors one after another.</summary>
    /// <exception cref="ShapeException">There are none, or they differ in another axis than <paramref name="axis"/>.</exception>
    public static Shape Concatenate(IReadOnlyList<Shape> parts, int axis)
    {
        if (parts.Count == 0)
        {
            throw new ShapeException(nameof(Concatenate), nameof(parts), "no tensors", "1 or more");
        }

        axis = Axis(nameof(Concatenate), parts[0], axis);
        int[] dimensions = parts[0].Dimensions.ToArray();
        for (int i = 1; i < parts.Count; i++)
        {
            Shape part = parts[i];
            bool fits = part.Rank == dimensions.Length && part.Dimensions[..axis].SequenceEqual(dimensions.AsSpan(0, axis))
                && part.Dimensions[(axis + 1)..].SequenceEqual(dimensions.AsSpan(axis + 1));
            if (!fits)
            {
                throw new ShapeException(
                    nameof(Concatenate), $"part {i}", part.ToString(), $"{parts[0]} but for the size of axis {axis}");
            }

            dimensions[axis] = checked(dimensions[axis] + part[axis]);
        }

        return Shape.Create(dimensions);
    }
}
