namespace NestedLearning.Models;

/// <summary>
/// What a shared level does about sources that send nonsense. All is off by default, which keeps folds exact; a source's updates
/// in one round count together, so nobody gains by sending many.
/// </summary>
/// <param name="ClipToMedian">
/// No source's update, by event for gradients, is longer than this multiple of the round's median length; nor does its number of
/// events weigh more than this multiple of the median. 0.1 to 1,000; null, the default, for no bound. Cheap, and harmless to rare
/// knowledge: what a source alone has seen is kept.
/// </param>
/// <param name="MaxNorm">The longest update, by event for gradients, above 0; null, the default, for no bound.</param>
/// <param name="Trim">
/// The fraction of sources left out at either end of every coordinate, 0 to below 0.5; default 0. The rest count the same, whatever
/// their events. Of m sources, <c>floor(Trim m)</c> can do no harm; but what only so few of them have seen is left out as well, so
/// it suits sources that see the same kind of events.
/// </param>
/// <param name="MinCosine">
/// The smallest cosine between what a source sent and what all others did, -1 to 1; those below are left out, at most half of the sources.
/// 0 leaves out what points backwards, as the trust score of FLTrust does (Cao and others, arXiv 2012.13995, section IV-B) with a direction
/// of the server's own in place of the others'. Null, the default, for no bound. It needs lengths that are bounded: without, a long enough
/// source speaks for all others.
/// </param>
public sealed record AggregationSettings(float? ClipToMedian = null, float? MaxNorm = null, double Trim = 0, double? MinCosine = null)
{
    /// <summary>One line for each setting that is out of its range.</summary>
    public IEnumerable<string> Violations()
    {
        if (ClipToMedian is not (null or (>= 0.1f and <= 1000)))
        {
            yield return FormattableString.Invariant($"{nameof(ClipToMedian)} is {ClipToMedian}, accepted: 0.1 to 1000");
        }

        if (MaxNorm is not null && !(MaxNorm > 0 && float.IsFinite(MaxNorm.Value)))
        {
            yield return FormattableString.Invariant($"{nameof(MaxNorm)} is {MaxNorm}, accepted: above 0");
        }

        if (MinCosine is not (null or (>= -1 and <= 1)))
        {
            yield return FormattableString.Invariant($"{nameof(MinCosine)} is {MinCosine}, accepted: -1 to 1");
        }
        else if (MinCosine is not null && ClipToMedian is null && MaxNorm is null)
        {
            yield return FormattableString.Invariant($"{nameof(MinCosine)} is {MinCosine}, accepted with {nameof(ClipToMedian)} or {nameof(MaxNorm)} only");
        }

        if (Trim is not (>= 0 and < 0.5))
        {
            yield return FormattableString.Invariant($"{nameof(Trim)} is {Trim}, accepted: 0 to below 0.5");
        }
    }
}
