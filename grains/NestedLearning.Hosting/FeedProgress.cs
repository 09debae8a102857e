using NestedLearning.Tiers;

namespace NestedLearning.Hosting;

/// <summary>How far a batch came.</summary>
/// <param name="Receipt">What was learned of it.</param>
/// <param name="Consumed">How many of its events are done with; the rest has to be sent again.</param>
public sealed record FeedProgress(FeedReceipt Receipt, int Consumed);
