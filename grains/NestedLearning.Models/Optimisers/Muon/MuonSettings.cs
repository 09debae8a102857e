using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>
/// Muon: momentum whose output is made orthogonal, <c>m ← μ m + g; W ← W − η 0.2 √max(in, out) NS(g + μ m)</c>, where NS is
/// <see cref="NewtonSchulz"/> (Nested Learning, Eq. 33–52, a memory with a non-linear output). Parameters that are not matrices are stepped
/// by AdamW; the factor gives matrices steps of the size that AdamW's have, so one learning rate serves both (arXiv 2502.16982, Eq. 4).
/// </summary>
/// <param name="Momentum">The retention μ, 0 to below 1; default 0.95.</param>
/// <param name="IsNesterov">Whether it looks ahead, as written above, or steps along NS(m); default true.</param>
/// <param name="Steps">The steps of the iteration, 1 to 30; default 5.</param>
public sealed record MuonSettings(double Momentum = 0.95, bool IsNesterov = true, int Steps = NewtonSchulz.DefaultSteps) : RuleSettings
{
    /// <summary>How parameters that are not matrices are stepped.</summary>
    public AdamWSettings Others { get; init; } = new();

    /// <inheritdoc/>
    public override IEnumerable<string> Violations() =>
        FractionViolations(nameof(Momentum), Momentum)
            .Concat(RangeViolations(nameof(Steps), Steps, 1, 30))
            .Concat(Others.Violations());

    internal override UpdateRule Create(ITensorBackend backend, Parameter parameter) => parameter.Shape.Rank == 2
        ? new MuonRule(backend, parameter, this)
        : Others.Create(backend, parameter);
}
