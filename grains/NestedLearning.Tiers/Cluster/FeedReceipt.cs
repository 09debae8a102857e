using NestedLearning.Models;

namespace NestedLearning.Tiers;

/// <summary>The answer to a batch of events.</summary>
/// <param name="Marks">What of the source's sequence numbers is applied and durable.</param>
/// <param name="Learned">How many events of the batch were new and are learned now.</param>
/// <param name="Correct">How many of those were predicted correctly just before they were learned.</param>
public readonly record struct FeedReceipt(Receipt Marks, int Learned, int Correct)
{
    /// <summary>The sum of what the model's own loss said of those events just before; 0 for a model that has none.</summary>
    public double Loss { get; init; }

    /// <summary>What the texts among them cost just before, for a model that learns texts token by token.</summary>
    public CodeLength CodeLength { get; init; }

    /// <summary>How many events of the memory, of all its senders, are in no saved state yet.</summary>
    public long NotDurable { get; init; }

    /// <summary>The answer to this batch and the next one, as if they had been one.</summary>
    public FeedReceipt Then(FeedReceipt next) => next with
    {
        Learned = Learned + next.Learned,
        Correct = Correct + next.Correct,
        Loss = Loss + next.Loss,
        CodeLength = CodeLength + next.CodeLength,
    };
}
