using NestedLearning.Models;

namespace NestedLearning.Tiers;

/// <summary>Events of one source, in order of their sequence numbers.</summary>
/// <param name="Source">Whose sequence numbers they have.</param>
/// <param name="Events">The events; known ones are skipped.</param>
public sealed record EventBatch(SourceId Source, IReadOnlyList<LearningEvent> Events)
{
    /// <summary>
    /// The sequence number up to which the sender knows its events to be applied, 0 for none. A memory that lost events
    /// up to there refuses the batch, instead of taking newer events that would hide the lost ones.
    /// </summary>
    public long After { get; init; }
}
