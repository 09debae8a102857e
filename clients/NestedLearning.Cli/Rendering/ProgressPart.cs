namespace NestedLearning.Cli.Rendering;

/// <summary>How one part of long work stands, such as a level.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="State">What is worth seeing of it.</param>
/// <param name="Share">How far it is on its present way, 0 to 1.</param>
internal readonly record struct ProgressPart(string Name, string State, double Share);
