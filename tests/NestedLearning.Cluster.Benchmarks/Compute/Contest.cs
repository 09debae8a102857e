namespace NestedLearning.Cluster.Benchmarks;

/// <summary>One computation, done by both.</summary>
/// <param name="Name">What is computed.</param>
/// <param name="Managed">On the managed backend.</param>
/// <param name="Torch">By TorchSharp itself.</param>
internal sealed record Contest(string Name, Action Managed, Action Torch);
