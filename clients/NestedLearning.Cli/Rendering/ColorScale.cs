namespace NestedLearning.Cli.Rendering;

/// <summary>
/// Colours for fractions from 0 to 1: viridis, whose steps look equally large and which people with any kind of colour
/// vision can tell apart.
/// </summary>
internal static class ColorScale
{
    /// <summary>Viridis at nine even steps (Smith and van der Walt, matplotlib).</summary>
    private static readonly Rgb[] Steps =
    [
        new(0x44, 0x01, 0x54), new(0x47, 0x2D, 0x7B), new(0x3B, 0x52, 0x8B),
        new(0x2C, 0x72, 0x8E), new(0x21, 0x90, 0x8C), new(0x27, 0xAD, 0x81),
        new(0x5D, 0xC8, 0x63), new(0xAA, 0xDC, 0x32), new(0xFD, 0xE7, 0x25),
    ];

    /// <summary>The colour of a fraction; below 0 and above 1 it is that of the end.</summary>
    public static Rgb At(double fraction)
    {
        double place = Math.Clamp(fraction, 0, 1) * (Steps.Length - 1);
        int low = Math.Min((int)place, Steps.Length - 2);
        return Rgb.Blend(Steps[low], Steps[low + 1], place - low);
    }
}
