using NestedLearning.Models;
using NestedLearning.Tensors;

namespace NestedLearning.Tiers;

/// <summary>What a level has of a source at one moment, but for what is in blobs beside its state.</summary>
/// <param name="Source">The source.</param>
/// <param name="Version">The newest version.</param>
/// <param name="Marks">What of the source is applied, and durable.</param>
/// <param name="Probes">Its events that the gate asks about; nothing where there are none.</param>
/// <param name="AtHand">Its updates, those that no version contains any more at the end.</param>
/// <param name="Stored">Where there may be more.</param>
public sealed record LevelHoldings(
    SourceId Source, long Version, Receipt Marks, TensorSet Probes, IReadOnlyList<HeldUpdate> AtHand, IReadOnlyList<AttachmentName> Stored);
