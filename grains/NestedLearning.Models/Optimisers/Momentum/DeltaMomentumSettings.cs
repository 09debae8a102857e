using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>
/// Delta momentum (Nested Learning, Eq. 33–52): a memory of gradients with an L2 objective, which replaces what it holds along a gradient
/// before it adds it: <c>m ← (α I − δ g gᵀ) m + g; θ ← θ − η m</c>, with η taken out of m and no preconditioner.
/// </summary>
/// <remarks>
/// g and m are matrices [in, out]; outer axes beyond two count as rows, and a vector is one column. The paper writes matrices [out, in]
/// and so <c>gᵀ g</c>. It is stable while <c>δ ‖g‖² ≤ 1 + α</c>, so wants clipped gradients.
/// </remarks>
/// <param name="Retention">α, 0 to below 1; default 0.9.</param>
/// <param name="DeltaRate">δ, 0 to 1,000; default 1, the paper's. With 0 it is momentum.</param>
public sealed record DeltaMomentumSettings(double Retention = 0.9, double DeltaRate = 1) : RuleSettings
{
    /// <inheritdoc/>
    public override IEnumerable<string> Violations() =>
        FractionViolations(nameof(Retention), Retention).Concat(RangeViolations(nameof(DeltaRate), DeltaRate, 0, 1000));

    internal override UpdateRule Create(ITensorBackend backend, Parameter parameter) => new DeltaMomentumRule(backend, parameter, this);
}
