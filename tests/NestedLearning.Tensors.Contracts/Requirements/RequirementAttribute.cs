namespace NestedLearning.Tensors.Contracts;

/// <summary>
/// What the tests of a class need of the machine. Where it is missing, those marked <see cref="ContractFactAttribute"/> or
/// <see cref="ContractTheoryAttribute"/> are skipped, inherited ones too.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public abstract class RequirementAttribute : Attribute
{
    /// <summary>Why the tests cannot run here; null where they can.</summary>
    public abstract string? Missing { get; }
}
