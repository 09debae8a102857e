using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>The state of a shared level after a fold, as the memories above it read it.</summary>
/// <param name="Number">The version, from 0 (nothing folded yet), rising by one with every fold.</param>
/// <param name="Events">How many events have been folded into it since the beginning.</param>
/// <param name="Tensors">The parameters by name.</param>
public sealed record LevelVersion(long Number, long Events, TensorSet Tensors);
