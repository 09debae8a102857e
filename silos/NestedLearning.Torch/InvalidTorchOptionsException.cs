namespace NestedLearning.Torch;

/// <summary>Options are out of their ranges.</summary>
public sealed class InvalidTorchOptionsException(IReadOnlyList<string> violations) : NestedLearningException(string.Join(" ", violations))
{
    /// <summary>A sentence for each option.</summary>
    public IReadOnlyList<string> Violations { get; } = violations;
}
