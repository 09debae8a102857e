namespace NestedLearning.Models;

/// <summary>One computation on a backend, done to learn how long it takes.</summary>
/// <param name="Name">What is computed, with its shapes.</param>
/// <param name="Operations">Its multiplications and additions in matrix products; 0 where products are not what takes the time.</param>
/// <param name="Run">Computes it, and waits until it is computed.</param>
public sealed record Workload(string Name, double Operations, Action Run);
