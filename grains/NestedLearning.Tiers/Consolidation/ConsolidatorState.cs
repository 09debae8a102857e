namespace NestedLearning.Tiers;

/// <summary>What a consolidator has to make durable after a fold.</summary>
/// <param name="State">The state that commits the fold: marks, version, journal and lineage, in one blob.</param>
/// <param name="BaseNumber">The base that the state refers to; 0 for none.</param>
/// <param name="NewBase">A base that has to be durable before the state is saved, or null when the old one stays.</param>
/// <param name="Attachments">What else has to be durable before the state is saved.</param>
public sealed record ConsolidatorState(byte[] State, long BaseNumber, byte[]? NewBase, IReadOnlyList<StateAttachment> Attachments);
