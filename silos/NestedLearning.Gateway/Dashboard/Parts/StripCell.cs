namespace NestedLearning.Gateway.Dashboard.Parts;

/// <summary>A cell of a strip.</summary>
/// <param name="Style">The class of its colour.</param>
/// <param name="Title">What it stands for; null for nothing.</param>
public readonly record struct StripCell(string Style, string? Title);

/// <summary>Colours of fractions.</summary>
public static class Heat
{
    private const int Steps = 10;

    /// <summary>The class of a fraction's colour; of an empty cell for none.</summary>
    public static string ClassOf(double? fraction) =>
        fraction is { } value ? $"heat-{Math.Clamp((int)(value * Steps), 0, Steps - 1)}" : "heat-none";
}
