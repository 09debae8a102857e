namespace NestedLearning.Models;

/// <summary>How the parameters of one level step.</summary>
/// <param name="Rule">What becomes of a gradient; for example <see cref="AdamWSettings"/>.</param>
/// <param name="LearningRate">The rate by the level's step count.</param>
/// <param name="WeightDecay">
/// Decoupled weight decay λ, whatever the rule: at every step a parameter shrinks by η λ. 0 to 1 / the peak rate; default 0. Parameters of
/// fewer than two axes, such as biases and gains, are left out.
/// </param>
/// <param name="MaxGradientNorm">
/// The longest gradient of the whole group: a longer one is scaled down, and one with a NaN or an infinity is refused. Above 0; null, the
/// default, for no bound and no check.
/// </param>
public sealed record OptimiserSettings(
    RuleSettings Rule, LearningRateSchedule LearningRate, double WeightDecay = 0, double? MaxGradientNorm = null)
{
    /// <summary>Further parameters without weight decay, by name; none by default.</summary>
    public IReadOnlyCollection<string> WithoutDecay { get; init; } = [];

    /// <summary>One line for each setting that is out of its range.</summary>
    public IEnumerable<string> Violations()
    {
        if (!(WeightDecay >= 0) || WeightDecay * LearningRate.Peak > 1)
        {
            yield return FormattableString.Invariant($"{nameof(WeightDecay)} is {WeightDecay}, accepted: 0 to 1 / {nameof(LearningRate.Peak)}");
        }

        if (MaxGradientNorm is not null && !(MaxGradientNorm > 0 && double.IsFinite(MaxGradientNorm.Value)))
        {
            yield return FormattableString.Invariant($"{nameof(MaxGradientNorm)} is {MaxGradientNorm}, accepted: above 0");
        }

        foreach (string violation in LearningRate.Violations().Concat(Rule.Violations()))
        {
            yield return violation;
        }
    }
}
