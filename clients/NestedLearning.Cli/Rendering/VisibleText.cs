using System.Text.Json;

namespace NestedLearning.Cli.Rendering;

/// <summary>Texts that a person has to see: what a sequence model expects next may be a space or the end of a line.</summary>
internal static class VisibleText
{
    /// <summary>The same; in quotes, and as JSON has it, where nothing of it would be seen or a control character is in it.</summary>
    public static string Of(string text) => string.IsNullOrWhiteSpace(text) || text.Any(char.IsControl)
        ? $"\"{JsonEncodedText.Encode(text)}\""
        : text;
}
