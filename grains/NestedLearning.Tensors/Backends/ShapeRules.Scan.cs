namespace NestedLearning.Tensors;

/// <content>The delta scan.</content>
public static partial class ShapeRules
{
    /// <summary>The sizes of a delta scan.</summary>
    /// <exception cref="ShapeException">The shapes of the operands do not fit together.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="chunkLength"/> is below 1.</exception>
    public static DeltaShape DeltaScan(DeltaOperands<Shape> operands, int chunkLength)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(chunkLength, 1);
        Matrices(nameof(DeltaScan), nameof(operands.Keys), operands.Keys);
        Matrices(nameof(DeltaScan), nameof(operands.Values), operands.Values);
        Shape outer = [.. operands.Keys.Dimensions[..^2]];
        int time = operands.Keys[^2];
        var shape = new DeltaShape(
            outer, time, operands.Keys[^1], operands.Values[^1], Math.Min(chunkLength, Math.Max(1, time)));
        Same(nameof(operands.Queries), operands.Queries, operands.Keys);
        Same(nameof(operands.Values), operands.Values, shape.Reads);
        Same(nameof(operands.Rates), operands.Rates, [.. outer, time]);
        Same(nameof(operands.LogRetentions), operands.LogRetentions, [.. outer, time]);
        Same(nameof(operands.State), operands.State, shape.State);
        return shape;
    }

    /// <summary>Refuses gradients of other shapes than the results they arrive at.</summary>
    /// <exception cref="ShapeException">A shape differs.</exception>
    public static void DeltaScanGradients(DeltaShape shape, Shape? reads, Shape? state)
    {
        Same(nameof(reads), reads ?? shape.Reads, shape.Reads);
        Same(nameof(state), state ?? shape.State, shape.State);
    }

    private static void Same(string operand, Shape actual, Shape expected)
    {
        if (!actual.Equals(expected))
        {
            throw new ShapeException(nameof(DeltaScan), operand, actual.ToString(), expected.ToString());
        }
    }
}
