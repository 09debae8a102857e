namespace NestedLearning.Models;

/// <summary>Ends a text that comes in pieces before the first of some texts, and holds back what may be the start of one.</summary>
internal sealed class StopTexts(IReadOnlyList<string> texts)
{
    private string _held = "";

    /// <summary>Whether one has come.</summary>
    public bool HasCome { get; private set; }

    /// <summary>The text that is certain after another piece.</summary>
    public string Add(string piece)
    {
        string all = _held + piece;
        int[] found = [.. texts.Select(text => all.IndexOf(text, StringComparison.Ordinal)).Where(at => at >= 0)];
        HasCome = found.Length > 0;
        int certain = HasCome ? found.Min() : all.Length - texts.Select(text => StartLength(all, text)).DefaultIfEmpty().Max();
        _held = HasCome ? "" : all[certain..];
        return all[..certain];
    }

    /// <summary>What is held back where nothing more comes.</summary>
    public string End() => _held;

    /// <summary>How much of the end of a text is the start of another.</summary>
    private static int StartLength(string all, string text)
    {
        int length = Math.Min(all.Length, text.Length - 1);
        while (length > 0 && !all.AsSpan(all.Length - length).SequenceEqual(text.AsSpan(0, length)))
        {
            length--;
        }

        return length;
    }
}
