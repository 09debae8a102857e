namespace NestedLearning.Tensors;

/// <summary>An operation made a NaN or an infinity on a tape that forbids them.</summary>
public sealed class NotFiniteException : NestedLearningException
{
    /// <summary>Names the operation, its operands, and the operation whose gradient was being computed, if any.</summary>
    public NotFiniteException(string operation, string operands, string? gradientOf)
        : base($"{operation} of {operands} made a NaN or an infinity{(gradientOf is null ? "" : $" in the gradient of {gradientOf}")}.")
    {
        Operation = operation;
        GradientOf = gradientOf;
    }

    /// <summary>The operation that made it.</summary>
    public string Operation { get; }

    /// <summary>The operation whose gradient was being computed, or null outside gradients.</summary>
    public string? GradientOf { get; }
}
