namespace NestedLearning.Tiers;

/// <summary>
/// What a round must not be, to become a version: unlike what the level knew before, or harmful to it. Both are told by probes: events of
/// earlier versions that the level keeps, a few of each label, answered as if it had not learned them. So nothing that a round brings can
/// vouch for itself, and nothing that was learned either.
/// </summary>
public sealed record GatePolicy
{
    /// <summary>
    /// How often the parent has to answer a source's events as the source does, over how often it answers the probes of their labels
    /// right, 0 to 1; default 0.5. A source below it is left out, unless chance explains it; so are many wrong labels, and inputs that are
    /// none. New labels are held against nobody. 0 takes any source: the least where labels change their meaning.
    /// </summary>
    public double MinAgreement { get; init; } = 0.5;

    /// <summary>
    /// By how much the fraction of probes that are answered right may fall, 0 to 1; default 0.05. New labels cost the earlier ones a
    /// little: too strict a gate rejects new knowledge.
    /// </summary>
    public double MaxRegression { get; init; } = 0.05;

    /// <summary>How many probes of each label are kept, 1 to 1,000; default 8.</summary>
    public int ProbesPerLabel { get; init; } = 8;

    /// <summary>Without this many probes every version passes, at least 1; default 50.</summary>
    public int MinProbes { get; init; } = 50;

    /// <summary>One line for each setting that is out of range.</summary>
    internal IEnumerable<string> Violations()
    {
        if (!(MinAgreement is >= 0 and <= 1))
        {
            yield return FormattableString.Invariant($"{nameof(MinAgreement)} is {MinAgreement}, accepted: 0 to 1");
        }

        if (!(MaxRegression is >= 0 and <= 1))
        {
            yield return FormattableString.Invariant($"{nameof(MaxRegression)} is {MaxRegression}, accepted: 0 to 1");
        }

        if (ProbesPerLabel is < 1 or > 1000)
        {
            yield return $"{nameof(ProbesPerLabel)} is {ProbesPerLabel}, accepted: 1 to 1,000";
        }

        if (MinProbes < 1)
        {
            yield return $"{nameof(MinProbes)} is {MinProbes}, accepted: at least 1";
        }
    }
}
