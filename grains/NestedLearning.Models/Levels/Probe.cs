using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>One event that versions of a level are asked about.</summary>
/// <param name="Label">The right answer.</param>
/// <param name="Key">The features of the question.</param>
public sealed record Probe(string Label, SparseVector Key);
