namespace NestedLearning.Tiers;

/// <summary>One update on its way up, kept until a receipt calls it durable.</summary>
/// <param name="Sequence">The memory's own number for it within its level, from 1, without gaps.</param>
/// <param name="Frame">The update as it travels; a resend is the same bytes.</param>
public sealed record OutboxEntry(long Sequence, ReadOnlyMemory<byte> Frame);
