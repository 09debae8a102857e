using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Gateway.Dashboard.Recording;

/// <summary>Events that were learned, and how well they were known just before.</summary>
/// <param name="Learned">All of them.</param>
/// <param name="Correct">Those predicted correctly.</param>
/// <param name="Unlabelled">Those without a label, of which no prediction is right or wrong.</param>
public readonly record struct Score(long Learned, long Correct, long Unlabelled = 0)
{
    /// <summary>The sum of what the model's own loss said of them; 0 for a model that has none.</summary>
    public double Loss { get; init; }

    /// <summary>What the texts among them cost, for a model that learns texts token by token.</summary>
    public CodeLength CodeLength { get; init; }

    /// <summary>The share of those with a label that was predicted correctly, 0 to 1; null where there was none.</summary>
    public double? Accuracy => Learned == Unlabelled ? null : (double)Correct / (Learned - Unlabelled);

    /// <summary>The mean loss, for sequence models in nats a token; null for a model that has none, and for no events.</summary>
    public double? MeanLoss => Loss == 0 ? null : Loss / Learned;

    /// <summary>What a receipt says of events, which have labels or not.</summary>
    public static Score Of(FeedReceipt receipt, bool areLabelled) => new(receipt.Learned, receipt.Correct, areLabelled ? 0 : receipt.Learned)
    {
        Loss = receipt.Loss,
        CodeLength = receipt.CodeLength,
    };

    /// <summary>Both together.</summary>
    public static Score operator +(Score left, Score right) => new(left.Learned + right.Learned, left.Correct + right.Correct, left.Unlabelled + right.Unlabelled)
    {
        Loss = left.Loss + right.Loss,
        CodeLength = left.CodeLength + right.CodeLength,
    };
}
