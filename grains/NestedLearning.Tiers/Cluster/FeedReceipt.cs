namespace NestedLearning.Tiers;

/// <summary>The answer to a batch of events.</summary>
/// <param name="Marks">What of the source's sequence numbers is applied and durable.</param>
/// <param name="Learned">How many events of the batch were new and are learned now.</param>
/// <param name="Correct">How many of those were predicted correctly just before they were learned.</param>
public readonly record struct FeedReceipt(Receipt Marks, int Learned, int Correct);
