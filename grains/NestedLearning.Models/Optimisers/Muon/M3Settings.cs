using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>
/// Multi-scale momentum Muon, M3 (Nested Learning, Algorithm 1): a fast momentum of every gradient and a slow one that takes a chunk of f
/// gradients at a time, both made orthogonal by <see cref="NewtonSchulz"/>, over the root of a second moment:
/// <c>θ ← θ − η (O1 + a O2) / (√V + ε)</c>. What the slow one learned of a chunk counts from the next chunk on. Parameters that are not
/// matrices are stepped by AdamW.
/// </summary>
/// <remarks>
/// <see cref="M3Averages.Sums"/> is the algorithm as published: <c>M1 ← M1 + β1 g</c>, <c>V ← V + β2 g²</c>, <c>M2 ← M2 + β3 Σ g</c>, so steps
/// shrink as those of AdaGrad do. <see cref="M3Averages.Exponential"/> forgets: <c>M1 ← β1 M1 + (1 − β1) g</c> and so on, V with the bias
/// correction of Adam. O does not depend on the size of gradients and √V does, so η has to suit it; and where gradients vanish with V,
/// steps grow.
/// </remarks>
/// <param name="Averages">Which of the two; default exponential.</param>
/// <param name="Beta1">β1 of the fast momentum, 0 to below 1; default 0.9.</param>
/// <param name="Beta2">β2 of the second moment, 0 to below 1; default 0.999.</param>
/// <param name="Beta3">β3 of the slow momentum, 0 to below 1; default 0.9.</param>
/// <param name="SlowWeight">a, what the slow momentum counts beside the fast one, 0 to 100; default 0.2.</param>
/// <param name="ChunkSteps">f, the steps of a chunk, 1 to 1,000,000; default 16.</param>
public sealed record M3Settings(
    M3Averages Averages = M3Averages.Exponential,
    double Beta1 = 0.9,
    double Beta2 = 0.999,
    double Beta3 = 0.9,
    double SlowWeight = 0.2,
    int ChunkSteps = 16) : RuleSettings
{
    /// <summary>
    /// ε, 1e-12 to 1; default 0.01. O is not 0 where the gradient is, so with an ε far below the size of gradients some elements take
    /// steps of any length.
    /// </summary>
    public double Epsilon { get; init; } = 0.01;

    /// <summary>The steps of the iteration, 1 to 30; default 5.</summary>
    public int Steps { get; init; } = NewtonSchulz.DefaultSteps;

    /// <summary>How parameters that are not matrices are stepped.</summary>
    public AdamWSettings Others { get; init; } = new();

    /// <inheritdoc/>
    public override IEnumerable<string> Violations() =>
        FractionViolations(nameof(Beta1), Beta1)
            .Concat(FractionViolations(nameof(Beta2), Beta2))
            .Concat(FractionViolations(nameof(Beta3), Beta3))
            .Concat(RangeViolations(nameof(SlowWeight), SlowWeight, 0, 100))
            .Concat(RangeViolations(nameof(ChunkSteps), ChunkSteps, 1, 1_000_000))
            .Concat(RangeViolations(nameof(Epsilon), Epsilon, 1e-12, 1))
            .Concat(RangeViolations(nameof(Steps), Steps, 1, 30))
            .Concat(Others.Violations());

    internal override UpdateRule Create(ITensorBackend backend, Parameter parameter) => parameter.Shape.Rank == 2
        ? new M3Rule(backend, parameter, this)
        : Others.Create(backend, parameter);
}
