using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>
/// Deep momentum, DMGD (Nested Learning, Eq. 33–52): momentum is a network m that learns gradients by gradient descent on an objective of
/// its own, <c>φ ← α φ − γ ∇L(m; û)</c>, and the parameters follow what it then says: <c>W ← W + η ‖u‖ m(û)</c>.
/// </summary>
/// <remarks>
/// u are the gradient's rows along its innermost axis, and û the same with unit norm, so that the size of gradients changes the size of
/// steps and not what the memory learns; L is the mean over rows. <c>m(û) = tanh(û A) B / √hidden</c>, with A first standard normal by
/// the parameter's name and B first 0. Each parameter has a memory of its own, whatever its shape.
/// </remarks>
/// <param name="Objective">L; default squared.</param>
/// <param name="Hidden">The hidden units, 1 to 4,096; default 32. The more, the more directions it can tell apart.</param>
/// <param name="InnerRate">γ, above 0 to 100; default 1.</param>
/// <param name="Retention">α, above 0 to 1; default 0.999.</param>
public sealed record DeepMomentumSettings(
    InnerObjective Objective = InnerObjective.Squared, int Hidden = 32, double InnerRate = 1, double Retention = 0.999) : RuleSettings
{
    /// <inheritdoc/>
    public override IEnumerable<string> Violations() =>
        RangeViolations(nameof(Hidden), Hidden, 1, 4096)
            .Concat(RangeViolations(nameof(InnerRate), InnerRate, 1e-12, 100))
            .Concat(RangeViolations(nameof(Retention), Retention, 1e-12, 1));

    internal override UpdateRule Create(ITensorBackend backend, Parameter parameter) => new DeepMomentumRule(backend, parameter, this);
}
