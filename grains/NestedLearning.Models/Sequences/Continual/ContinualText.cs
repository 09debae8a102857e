namespace NestedLearning.Models;

/// <summary>A text that is learned, and a part of it that is not.</summary>
/// <param name="Name">What it is called, for example its language.</param>
/// <param name="Learned">The tokens that are learned.</param>
/// <param name="Held">The tokens that tell how well.</param>
public sealed record ContinualText(string Name, ReadOnlyMemory<int> Learned, ReadOnlyMemory<int> Held);
