namespace NestedLearning.Tiers;

/// <summary>Updates beside a level's state, of which a source's were taken out.</summary>
/// <param name="Name">Where they were.</param>
/// <param name="Taken">Those of the source.</param>
/// <param name="Rest">Where the others are now; null where there are none.</param>
public sealed record SiftedAttachment(AttachmentName Name, IReadOnlyList<StoredUpdate> Taken, AttachmentName? Rest);
