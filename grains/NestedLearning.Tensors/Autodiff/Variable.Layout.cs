namespace NestedLearning.Tensors;

/// <content>Operations that move elements; negative axes count from the innermost.</content>
public sealed partial class Variable
{
    /// <summary>The same elements in the same order with another shape.</summary>
    public Variable Reshape(Shape shape) => shape.Equals(Shape) ? this : Tape.Add(
        nameof(Reshape), Backend.Reshape(Value, shape), new Edge(this, (g, _) => g.Reshape(Shape)));

    /// <summary>Axis i of the result is axis <paramref name="axes"/>[i] of this.</summary>
    public Variable Permute(params int[] axes)
    {
        (_, int[] order) = ShapeRules.Permute(Shape, axes);
        int[] inverse = new int[order.Length];
        for (int i = 0; i < order.Length; i++)
        {
            inverse[order[i]] = i;
        }

        return Tape.Add(nameof(Permute), Backend.Permute(Value, order), new Edge(this, (g, _) => g.Permute(inverse)));
    }

    /// <summary>Elements [start, start + length) of one axis.</summary>
    public Variable Slice(int axis, int start, int length)
    {
        Tensor value = Backend.Slice(Value, axis, start, length);
        axis = ShapeRules.Axis(nameof(Slice), Shape, axis);
        return Tape.Add(nameof(Slice), value, new Edge(this, (g, _) => Concatenate(
            axis, Zeros(axis, start), g, Zeros(axis, Shape[axis] - start - length))));
    }

    /// <summary>Consecutive parts of <paramref name="length"/> elements of one axis; the last may be shorter.</summary>
    /// <remarks>Their gradients are put together once, where those of slices each fill the whole axis.</remarks>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="length"/> is below 1.</exception>
    public Variable[] Split(int axis, int length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        axis = ShapeRules.Axis(nameof(Split), Shape, axis);
        var parts = new Tensor[(Shape[axis] + length - 1) / length];
        for (int i = 0; i < parts.Length; i++)
        {
            parts[i] = Backend.Slice(Value, axis, i * length, Math.Min(length, Shape[axis] - (i * length)));
        }

        var record = new GradientRecord(nameof(Split), [this], (gradients, results) => [Concatenate(
            axis, [.. gradients.Zip(results, (gradient, part) => gradient ?? Tape.Fill(part.Shape, 0))])]);
        return [.. Tape.Add(record, parts)];
    }

    /// <summary>Variables one after another along one axis.</summary>
    public static Variable Concatenate(int axis, params Variable[] parts)
    {
        axis = ShapeRules.Axis(nameof(Concatenate), ShapeRules.Concatenate([.. parts.Select(part => part.Shape)], axis), axis);
        Tape tape = parts[0].Tape;
        var edges = new Edge[parts.Length];
        int end = 0;
        for (int i = 0; i < parts.Length; i++)
        {
            tape.Require(parts[i]);
            int start = end;
            int length = parts[i].Shape[axis];
            edges[i] = new Edge(parts[i], (g, _) => g.Slice(axis, start, length));
            end += length;
        }

        return tape.Add(nameof(Concatenate), tape.Backend.Concatenate([.. parts.Select(part => part.Value)], axis), edges);
    }

    /// <summary>Repeats axes of size 1 and missing outer axes up to <paramref name="shape"/>.</summary>
    public Variable Broadcast(Shape shape) => shape.Equals(Shape) ? this : Tape.Add(
        nameof(Broadcast), Backend.Broadcast(Value, shape), new Edge(this, (g, _) => g.SumTo(Shape)));

    private Variable Zeros(int axis, int length) =>
        Tape.Fill([.. Shape.Dimensions[..axis], length, .. Shape.Dimensions[(axis + 1)..]], 0);
}
