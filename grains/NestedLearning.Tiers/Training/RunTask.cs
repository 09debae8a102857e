namespace NestedLearning.Tiers;

/// <summary>A task in a run's data.</summary>
/// <param name="Name">Its name.</param>
/// <param name="End">The position after its last event.</param>
/// <param name="Tests">How many examples measure it.</param>
public sealed record RunTask(string Name, long End, int Tests);
