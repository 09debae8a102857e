using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>
/// Adam, the optimal element-wise memory of gradients (Nested Learning, Eq. 101–105); with weight decay it is AdamW
/// (arXiv 1711.05101, Algorithm 2). The bias corrections count the level's steps.
/// </summary>
/// <param name="Beta1">The retention of the first moment, 0 to below 1; default 0.9.</param>
/// <param name="Beta2">The retention of the second moment, 0 to below 1; default 0.999. Slow levels with few steps want about 0.95.</param>
/// <param name="Epsilon">ε, 1e-12 to 1; default 1e-8. The larger, the more it behaves like momentum alone.</param>
public sealed record AdamWSettings(double Beta1 = 0.9, double Beta2 = 0.999, double Epsilon = 1e-8) : RuleSettings
{
    /// <inheritdoc/>
    public override IEnumerable<string> Violations() =>
        FractionViolations(nameof(Beta1), Beta1)
            .Concat(FractionViolations(nameof(Beta2), Beta2))
            .Concat(RangeViolations(nameof(Epsilon), Epsilon, 1e-12, 1));

    internal override UpdateRule Create(ITensorBackend backend, Parameter parameter) => new AdamWRule(backend, parameter, this);
}
