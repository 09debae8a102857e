using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>
/// Delta gradient descent (Nested Learning, Eq. 57): descent on an L2 objective, so that what a layer said to an input goes before what it
/// is to say comes: <c>W ← W (I − η' x xᵀ) − η' u xᵀ</c> with <c>η' = η / (1 + η)</c>, for inputs of unit norm.
/// </summary>
/// <remarks>
/// For weights W [in, out] of <c>y = x W</c> over n inputs X the step is <c>W ← W − η' (X̂ᵀ X̂ W / n + G)</c>, with the rows of X brought to
/// unit norm in X̂ and G the mean gradient; for one input of unit norm that is Eq. 57. All n terms are taken at the W before the step. A
/// gradient without inputs is stepped by <see cref="SgdSettings"/>.
/// </remarks>
public sealed record DgdSettings : RuleSettings
{
    /// <inheritdoc/>
    public override IEnumerable<string> Violations() => [];

    internal override UpdateRule Create(ITensorBackend backend, Parameter parameter) => new DgdRule(backend, parameter);
}
