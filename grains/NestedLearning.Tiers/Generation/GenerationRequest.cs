using NestedLearning.Models;

namespace NestedLearning.Tiers;

/// <summary>How a text goes on, and after what.</summary>
/// <param name="Prompt">What comes next in the stream; empty to go on with what was generated last.</param>
public sealed record GenerationRequest(string Prompt)
{
    /// <summary>How it goes on.</summary>
    public GenerationOptions Options { get; init; } = new();

    /// <summary>The state of the stream, as the end of an earlier text gave it; null for a stream that begins.</summary>
    public ReadOnlyMemory<byte>? State { get; init; }

    /// <summary>Whether the end of the text gives the state of the stream, to go on from it later. Default false.</summary>
    public bool KeepState { get; init; }
}
