using NestedLearning.Models;

namespace NestedLearning.Tiers;

/// <summary>What a consolidator's state names beside itself.</summary>
/// <param name="Sources">Who has sent updates.</param>
/// <param name="Attachments">Blobs beside it, also those that are not needed any more.</param>
/// <param name="Lineage">The newest segment of its lineage, which names the one before; null where there is none.</param>
public sealed record StateReferences(IReadOnlyList<SourceId> Sources, IReadOnlyList<AttachmentName> Attachments, AttachmentName? Lineage);
