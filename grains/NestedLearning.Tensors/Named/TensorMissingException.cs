namespace NestedLearning.Tensors;

/// <summary>A set of tensors lacks one that its reader needs, or holds it as another kind.</summary>
public sealed class TensorMissingException : NestedLearningException
{
    /// <summary>Names the tensor and the kind that was expected.</summary>
    public TensorMissingException(string name, Type kind)
        : base($"The tensor '{name}' is missing or is not a {kind.Name}.")
    {
        TensorName = name;
    }

    /// <summary>The tensor that is missing.</summary>
    public string TensorName { get; }
}
