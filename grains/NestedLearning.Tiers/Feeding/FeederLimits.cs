namespace NestedLearning.Tiers;

/// <summary>How much an <see cref="EventFeeder"/> sends at once, and keeps.</summary>
/// <param name="EventsPerBatch">The most events in one batch.</param>
/// <param name="MaxKeptEvents">How many events that are not durable are kept; where there would be more, the memory is flushed.</param>
public readonly record struct FeederLimits(int EventsPerBatch, int MaxKeptEvents);
