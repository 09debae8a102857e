namespace NestedLearning.Simulation;

/// <summary>A promise that did not hold.</summary>
/// <param name="Promise">What should always hold.</param>
/// <param name="Problem">What was found instead.</param>
/// <param name="At">When, in virtual time.</param>
public sealed record Violation(string Promise, string Problem, TimeSpan At)
{
    /// <inheritdoc/>
    public override string ToString() =>
        FormattableString.Invariant($"broken at {At.TotalSeconds:F3} s: {Promise}; {Problem}");
}
