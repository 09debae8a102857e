namespace NestedLearning.Models;

/// <summary>The outer optimiser of a shared level. The defaults are DiLoCo's for deltas.</summary>
/// <param name="Rule">The rule; default Nesterov.</param>
/// <param name="LearningRate">The rate η, above 0 to 1,000; default 0.7. AdamW wants about 0.001.</param>
/// <param name="Momentum">The retention of the first moment, μ or β1, 0 to below 1; default 0.9. Without meaning for SGD.</param>
/// <param name="SecondMoment">AdamW's retention of the second moment, β2, 0 to below 1; default 0.999.</param>
/// <param name="Epsilon">AdamW's ε, 1e-12 to 1; default 1e-8. The larger, the more it behaves like momentum alone.</param>
/// <param name="WeightDecay">
/// AdamW's λ: parameters shrink by η λ at every step, 0 to 1 / η; default 0.
/// </param>
public sealed record OuterSettings(
    OuterRule Rule = OuterRule.Nesterov,
    float LearningRate = 0.7f,
    float Momentum = 0.9f,
    float SecondMoment = 0.999f,
    float Epsilon = 1e-8f,
    float WeightDecay = 0)
{
    /// <summary>One line for each setting that is out of its range.</summary>
    public IEnumerable<string> Violations()
    {
        if (!Enum.IsDefined(Rule))
        {
            yield return $"{nameof(Rule)} is {Rule}, accepted: {string.Join(", ", Enum.GetNames<OuterRule>())}";
        }

        if (LearningRate is not (> 0 and <= 1000))
        {
            yield return FormattableString.Invariant($"{nameof(LearningRate)} is {LearningRate}, accepted: above 0, at most 1000");
        }

        if (Momentum is not (>= 0 and < 1))
        {
            yield return FormattableString.Invariant($"{nameof(Momentum)} is {Momentum}, accepted: 0 to below 1");
        }

        if (SecondMoment is not (>= 0 and < 1))
        {
            yield return FormattableString.Invariant($"{nameof(SecondMoment)} is {SecondMoment}, accepted: 0 to below 1");
        }

        if (Epsilon is not (>= 1e-12f and <= 1))
        {
            yield return FormattableString.Invariant($"{nameof(Epsilon)} is {Epsilon}, accepted: 1e-12 to 1");
        }

        if (!(WeightDecay >= 0 && WeightDecay * LearningRate <= 1))
        {
            yield return FormattableString.Invariant($"{nameof(WeightDecay)} is {WeightDecay}, accepted: 0 to 1 / {nameof(LearningRate)}");
        }
    }

    /// <summary>The optimiser in its initial state, for this many parameters.</summary>
    public IOuterOptimiser Create(int length) => Rule switch
    {
        OuterRule.Sgd => new SgdOptimiser(LearningRate),
        OuterRule.AdamW => new AdamWOptimiser(this, length),
        _ => new MomentumOptimiser(this, length),
    };
}
