namespace NestedLearning.Tensors;

/// <content>Comparisons and choices. A comparison is 1 or 0, and no gradient flows through it.</content>
public sealed partial class Variable
{
    /// <summary>1 where the elements are equal, else 0.</summary>
    public Variable Equal(Variable other) => Compare(BinaryOperation.Equal, other);

    /// <summary>1 where this element is above the other, else 0.</summary>
    public Variable Greater(Variable other) => Compare(BinaryOperation.Greater, other);

    /// <summary>1 where this element is not below the other, else 0.</summary>
    public Variable GreaterOrEqual(Variable other) => Compare(BinaryOperation.GreaterOrEqual, other);

    /// <summary>
    /// Elements of <paramref name="x"/> where this is not 0, else of <paramref name="y"/>; all three broadcast. What is not
    /// chosen gets the gradient 0, also where it is infinite.
    /// </summary>
    public Variable Where(Variable x, Variable y)
    {
        Tape.Require(x);
        Tape.Require(y);
        return Tape.Add(
            nameof(Where),
            Backend.Where(Value, x.Value, y.Value),
            new Edge(x, (g, _) => Where(g, Tape.Fill(Shape.Scalar, 0)).SumTo(x.Shape)),
            new Edge(y, (g, _) => Where(Tape.Fill(Shape.Scalar, 0), g).SumTo(y.Shape)));
    }

    private Variable Compare(BinaryOperation operation, Variable other)
    {
        Tape.Require(other);
        return Tape.Own(Backend.Apply(operation, Value, other.Value));
    }
}
