using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>
/// Momentum, a Hebbian memory of gradients: <c>m ← μ m + g; θ ← θ − η m</c> (Nested Learning, Eq. 33, with η taken out of m). Nesterov
/// steps along <c>g + μ m</c>.
/// </summary>
/// <param name="Momentum">The retention μ, 0 to below 1; default 0.9.</param>
/// <param name="IsNesterov">Whether it looks ahead; default false.</param>
public sealed record MomentumSettings(double Momentum = 0.9, bool IsNesterov = false) : RuleSettings
{
    /// <inheritdoc/>
    public override IEnumerable<string> Violations() => FractionViolations(nameof(Momentum), Momentum);

    internal override UpdateRule Create(ITensorBackend backend, Parameter parameter) => new MomentumRule(backend, parameter, this);
}
