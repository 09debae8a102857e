namespace NestedLearning.Cli.Rendering;

/// <summary>A colour in sRGB.</summary>
internal readonly record struct Rgb(byte Red, byte Green, byte Blue)
{
    public static readonly Rgb White = new(255, 255, 255);
    public static readonly Rgb Ink = new(0x1A, 0x1A, 0x1A);

    /// <summary>Black or white, whichever is easier to read on this colour.</summary>
    public Rgb Readable => Contrast(Ink) >= Contrast(White) ? Ink : White;

    public static Rgb Blend(Rgb from, Rgb to, double share) => new(
        (byte)Math.Round(from.Red + ((to.Red - from.Red) * share)),
        (byte)Math.Round(from.Green + ((to.Green - from.Green) * share)),
        (byte)Math.Round(from.Blue + ((to.Blue - from.Blue) * share)));

    /// <summary>The contrast ratio of WCAG 2.1, from 1 to 21.</summary>
    public double Contrast(Rgb other)
    {
        double a = Luminance();
        double b = other.Luminance();
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    /// <summary>As HTML and SVG write it, such as "#fde725".</summary>
    public override string ToString() => $"#{Red:x2}{Green:x2}{Blue:x2}";

    private double Luminance() => (0.2126 * Linear(Red)) + (0.7152 * Linear(Green)) + (0.0722 * Linear(Blue));

    private static double Linear(byte channel)
    {
        double value = channel / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
    }
}
