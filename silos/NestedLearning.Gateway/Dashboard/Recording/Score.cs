using NestedLearning.Tiers;

namespace NestedLearning.Gateway.Dashboard.Recording;

/// <summary>Events that were learned, and how many of them were predicted correctly just before.</summary>
/// <param name="Learned">All of them.</param>
/// <param name="Correct">Those predicted correctly.</param>
/// <param name="Unlabelled">Those without a label, of which no prediction is right or wrong.</param>
public readonly record struct Score(long Learned, long Correct, long Unlabelled = 0)
{
    /// <summary>The share of those with a label that was predicted correctly, 0 to 1; null where there was none.</summary>
    public double? Accuracy => Learned == Unlabelled ? null : (double)Correct / (Learned - Unlabelled);

    /// <summary>What a receipt says of events, which have labels or not.</summary>
    public static Score Of(FeedReceipt receipt, bool areLabelled) => new(receipt.Learned, receipt.Correct, areLabelled ? 0 : receipt.Learned);

    /// <summary>Both together.</summary>
    public static Score operator +(Score left, Score right) =>
        new(left.Learned + right.Learned, left.Correct + right.Correct, left.Unlabelled + right.Unlabelled);
}
