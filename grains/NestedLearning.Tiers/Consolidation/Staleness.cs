using NestedLearning.Models;

namespace NestedLearning.Tiers;

/// <summary>
/// What becomes of updates that were made on an older version than the one they are folded onto, their parent. It follows from the
/// two numbers alone, so a fold that is done again after a crash weighs them the same.
/// </summary>
internal sealed class Staleness(RoundPolicy policy, UpdateKind kind)
{
    /// <summary>Whether an update has to be moved to a newer base before it is taken.</summary>
    public bool IsTooLate(long baseVersion, long parent) =>
        kind == UpdateKind.Delta && parent - baseVersion > policy.MaxStaleness;

    /// <summary>What an update is multiplied by.</summary>
    public float Weight(long baseVersion, long parent)
    {
        if (kind == UpdateKind.Statistics || policy.StalenessDiscount is not { } discount)
        {
            return 1;
        }

        long staleness = Math.Clamp(parent - baseVersion, 0, policy.MaxStaleness ?? long.MaxValue);
        return (float)Math.Pow(discount, staleness);
    }
}
