namespace NestedLearning.Tensors;

/// <content>Reductions over some axes, or over all when none are named; negative axes count from the innermost.</content>
public sealed partial class Variable
{
    /// <summary>The sum; the axes go unless <paramref name="keepAxes"/> leaves them with size 1.</summary>
    public Variable Sum(int[]? axes = null, bool keepAxes = false) => Reduce(Reduction.Sum, axes, keepAxes);

    /// <summary>The mean; the axes go unless <paramref name="keepAxes"/> leaves them with size 1.</summary>
    /// <exception cref="ShapeException">There are no elements along an axis.</exception>
    public Variable Mean(int[]? axes = null, bool keepAxes = false) => Reduce(Reduction.Mean, axes, keepAxes);

    /// <summary>The largest element; equal ones share its gradient.</summary>
    /// <exception cref="ShapeException">There are no elements along an axis.</exception>
    public Variable Max(int[]? axes = null, bool keepAxes = false) => Reduce(Reduction.Max, axes, keepAxes);

    private Variable Reduce(Reduction reduction, int[]? axes, bool keepAxes)
    {
        (Shape kept, int[] sorted) = ShapeRules.Reduce(reduction, Shape, axes ?? [.. Enumerable.Range(0, Shape.Rank)]);
        Variable result = Tape.Add(
            reduction.ToString(),
            Backend.Reduce(reduction, Value, sorted),
            new Edge(this, (g, y) => ReductionRule(reduction, sorted, g, y)));
        return keepAxes ? result : result.Reshape([.. Enumerable.Range(0, Shape.Rank).Except(sorted).Select(axis => Shape[axis])]);
    }

    private Variable ReductionRule(Reduction reduction, int[] axes, Variable g, Variable y)
    {
        if (reduction == Reduction.Max)
        {
            Variable largest = Equal(y);
            return g / largest.Reduce(Reduction.Sum, axes, keepAxes: true) * largest;
        }

        Variable wide = g.Broadcast(Shape);
        return reduction == Reduction.Sum ? wide : wide * ((double)y.Shape.ElementCount / Shape.ElementCount);
    }
}
