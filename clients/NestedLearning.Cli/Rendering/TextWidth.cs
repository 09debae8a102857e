using Spectre.Console.Rendering;

namespace NestedLearning.Cli.Rendering;

/// <summary>Measures and cuts text in columns of a terminal; East Asian characters take two.</summary>
internal static class TextWidth
{
    public static int Of(string text) => new Segment(text).CellCount();

    /// <summary>The text in exactly a width: filled with blanks, or cut with an ellipsis.</summary>
    public static string Fit(string text, int width)
    {
        int length = text.Length;
        while (Of(text[..length]) + (length < text.Length ? 1 : 0) > width && length > 0)
        {
            length--;
        }

        string fitted = length < text.Length ? text[..length] + "…" : text;
        return fitted + new string(' ', Math.Max(0, width - Of(fitted)));
    }
}
