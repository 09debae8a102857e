using NestedLearning.Models;

namespace NestedLearning.Tiers;

/// <summary>What was learned, and how well it was known just before.</summary>
/// <param name="Learned">Events that were learned.</param>
/// <param name="Correct">Those of them that were predicted correctly just before.</param>
public readonly record struct LearningTotals(long Learned, long Correct)
{
    /// <summary>The sum of what the model's own loss said of them just before, for sequence models in nats a token; 0 for a model that has none.</summary>
    public double Loss { get; init; }

    /// <summary>What the texts among them cost just before, for a model that learns texts token by token.</summary>
    public CodeLength CodeLength { get; init; }

    /// <summary>Both together.</summary>
    public static LearningTotals operator +(LearningTotals left, LearningTotals right) =>
        new(left.Learned + right.Learned, left.Correct + right.Correct) { Loss = left.Loss + right.Loss, CodeLength = left.CodeLength + right.CodeLength };

    /// <summary>What came since.</summary>
    public static LearningTotals operator -(LearningTotals now, LearningTotals before) =>
        new(now.Learned - before.Learned, now.Correct - before.Correct) { Loss = now.Loss - before.Loss, CodeLength = now.CodeLength - before.CodeLength };
}
