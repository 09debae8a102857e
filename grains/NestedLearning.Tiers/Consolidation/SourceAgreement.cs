using NestedLearning.Models;

namespace NestedLearning.Tiers;

/// <summary>How the events of one source agree with the version that they are folded onto, which has not learned them.</summary>
/// <param name="Source">The source.</param>
/// <param name="Events">Its events of labels that there are probes of; new labels are held against nobody.</param>
/// <param name="Right">How many of them the version answers as the source does.</param>
/// <param name="Expected">How many it would, were they like the probes of their labels.</param>
internal sealed record SourceAgreement(SourceId Source, int Events, int Right, double Expected)
{
    /// <summary>1 for a source that is like those before.</summary>
    public double Ratio => Expected == 0 ? 1 : Right / Expected;

    /// <summary>
    /// Whether the ratio is below a limit by more than chance: the square root of the events is two standard deviations, at most, of
    /// how many are answered right.
    /// </summary>
    public bool IsBelow(double limit) => Right + Math.Sqrt(Events) < limit * Expected;
}
