namespace NestedLearning.Tiers;

/// <summary>
/// How much worse a new version may answer than its parent. Both are asked about probes: events of earlier versions that the
/// level keeps, a few of each label, so that nothing a round brings can vouch for itself.
/// </summary>
public sealed record GatePolicy
{
    /// <summary>
    /// By how much the fraction of right answers may fall, 0 to 1; default 0.02. A rise of labels costs the earlier ones a little:
    /// too strict a gate rejects new knowledge.
    /// </summary>
    public double MaxRegression { get; init; } = 0.02;

    /// <summary>How many probes of each label are kept, 1 to 1,000; default 8.</summary>
    public int ProbesPerLabel { get; init; } = 8;

    /// <summary>Without this many probes every version passes, at least 1; default 50.</summary>
    public int MinProbes { get; init; } = 50;

    /// <summary>One line for each setting that is out of range.</summary>
    internal IEnumerable<string> Violations()
    {
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
