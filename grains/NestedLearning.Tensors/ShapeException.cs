namespace NestedLearning.Tensors;

/// <summary>An operation was given operands whose shapes do not fit together.</summary>
public sealed class ShapeException : NestedLearningException
{
    /// <summary>Names the operation, the operand and both shapes.</summary>
    public ShapeException(string operation, string operand, string actual, string expected)
        : base($"{operation}: {operand} has shape {actual}, expected {expected}.")
    {
        Operation = operation;
        Operand = operand;
    }

    /// <summary>The operation that refused its operands.</summary>
    public string Operation { get; }

    /// <summary>The operand that does not fit.</summary>
    public string Operand { get; }
}
