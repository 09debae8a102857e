using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>Gradient descent, <c>θ ← θ − η g</c> (Nested Learning, Eq. 71 with f the gradient). It remembers nothing.</summary>
public sealed record SgdSettings : RuleSettings
{
    /// <inheritdoc/>
    public override IEnumerable<string> Violations() => [];

    internal override UpdateRule Create(ITensorBackend backend, Parameter parameter) => new SgdRule(backend, parameter);
}
