namespace NestedLearning.Models;

/// <summary>
/// The learning rate by a level's own step count: it rises linearly to the peak, and falls along half a cosine to the final rate if it is to
/// fall.
/// </summary>
/// <param name="Peak">The highest rate, above 0 to 1,000. Alone it is the rate of every step.</param>
/// <param name="WarmUpSteps">The steps until the peak, 0 or more; default 0.</param>
/// <param name="TotalSteps">The step at which the final rate is reached, above the warm-up's; null, the default, to stay at the peak.</param>
/// <param name="Final">The rate from the last step on, 0 to the peak; default 0. Without meaning where the rate does not fall.</param>
public sealed record LearningRateSchedule(double Peak, long WarmUpSteps = 0, long? TotalSteps = null, double Final = 0)
{
    /// <summary>The rate of a step, the first being 1.</summary>
    public double At(long step)
    {
        if (step < WarmUpSteps)
        {
            return Peak * step / WarmUpSteps;
        }

        if (TotalSteps is not { } total)
        {
            return Peak;
        }

        double progress = Math.Clamp((double)(step - WarmUpSteps) / (total - WarmUpSteps), 0, 1);
        return Final + ((Peak - Final) * 0.5 * (1 + Math.Cos(Math.PI * progress)));
    }

    /// <summary>One line for each setting that is out of its range.</summary>
    public IEnumerable<string> Violations()
    {
        if (Peak is not (> 0 and <= 1000))
        {
            yield return FormattableString.Invariant($"{nameof(Peak)} is {Peak}, accepted: above 0, at most 1000");
        }

        if (WarmUpSteps < 0)
        {
            yield return $"{nameof(WarmUpSteps)} is {WarmUpSteps}, accepted: 0 or more";
        }

        if (TotalSteps <= WarmUpSteps)
        {
            yield return $"{nameof(TotalSteps)} is {TotalSteps}, accepted: above {nameof(WarmUpSteps)}, {WarmUpSteps}";
        }

        if (!(Final >= 0) || Final > Math.Max(Peak, 0))
        {
            yield return FormattableString.Invariant($"{nameof(Final)} is {Final}, accepted: 0 to {nameof(Peak)}, {Peak}");
        }
    }
}
