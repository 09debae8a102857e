using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>One event that versions of a level are asked about.</summary>
/// <param name="Label">The right answer.</param>
/// <param name="Key">The features of the question.</param>
public sealed record Probe(string Label, SparseVector Key)
{
    /// <summary>What the event was learned to score for other classes, which count as in the level; 0 for those that are missing.</summary>
    public SparseVector Targets { get; init; }

    /// <summary>When the event came into the level, as in <see cref="Contribution.At"/>.</summary>
    public long At { get; init; }
}
