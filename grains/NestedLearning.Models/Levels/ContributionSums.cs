using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>Additive statistics as sums, which are as long however many events are behind them.</summary>
/// <param name="SizeBytes">The bytes of their float32 values.</param>
/// <param name="Make">Adds them up; the level reads the result like the form by events.</param>
public sealed record ContributionSums(long SizeBytes, Func<TensorSet> Make);
