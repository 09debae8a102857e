namespace NestedLearning.Models;

/// <summary>What <see cref="NeedleTask"/> hides, and where.</summary>
/// <param name="Length">The tokens of a stream, up to 1,048,576; at least what needles and question take.</param>
public sealed record NeedleSettings(int Length)
{
    /// <summary>What is hidden; default a pass key.</summary>
    public NeedleKind Kind { get; init; } = NeedleKind.PassKey;

    /// <summary>The digits of each number, 1 to 9; default 5.</summary>
    public int Digits { get; init; } = 5;

    /// <summary>How many numbers there are, 2 to 24; default 4. Without meaning where there is one.</summary>
    public int Needles { get; init; } = 4;

    /// <summary>Where the one that is asked for is, from 0 for the start to 1 for the end; null, the default, for anywhere.</summary>
    public double? Depth { get; init; }
}
