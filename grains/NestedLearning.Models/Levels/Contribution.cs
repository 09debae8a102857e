using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>What one memory adds to one shared level for one period.</summary>
/// <param name="Events">The number of events behind it; 0 for a memory that saw none in the period.</param>
/// <param name="Tensors">The sums themselves, by name.</param>
public sealed record Contribution(long Events, TensorSet Tensors)
{
    /// <summary>Whose it is, as its consolidator knows it; null before.</summary>
    public SourceId? Source { get; init; }

    /// <summary>
    /// What gradients and deltas are multiplied by when they are folded, above 0 to 1; less for late ones. Their events count in full.
    /// </summary>
    public float Weight { get; init; } = 1;

    /// <summary>When it came into the level, by the level's clock; without meaning where statistics do not fade.</summary>
    public long At { get; init; }

    /// <summary>The same sums in another form, where the model has one and it may be the shorter; null where not.</summary>
    public ContributionSums? Sums { get; init; }
}
