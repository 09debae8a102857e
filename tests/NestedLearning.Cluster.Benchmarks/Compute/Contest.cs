using NestedLearning.Tensors;

namespace NestedLearning.Cluster.Benchmarks;

/// <summary>One computation, done by both.</summary>
/// <param name="Name">What is computed.</param>
/// <param name="Managed">On the managed backend.</param>
/// <param name="Torch">By TorchSharp itself.</param>
internal sealed record Contest(string Name, Action Managed, Action Torch)
{
    /// <summary>Makes sure before measuring that both compute the same; by default it is taken for granted.</summary>
    public Action Check { get; init; } = () => { };

    /// <summary>The shortest times of both, which take turns.</summary>
    public (TimeSpan Managed, TimeSpan Torch) Measure()
    {
        TimeSpan[] shortest = Turns.Shortest([Managed, Torch]);
        return (shortest[0], shortest[1]);
    }
}
