using System.Text.RegularExpressions;

namespace NestedLearning.Models;

/// <summary>
/// Which tensors of a file become which parameters: <c>SOURCE=TARGET</c>, each a name in which a <c>*</c> stands for any text, the same in
/// both; <c>SOURCE^T=TARGET</c> for matrices that are stored the other way around, as linear layers of PyTorch are.
/// </summary>
/// <example><c>model.layers.*.mlp.up_proj.weight^T=block*/cms/2/up</c></example>
public sealed class TensorMap
{
    private const string Transposition = "^T";

    private readonly Regex _source;
    private readonly string _target;

    private TensorMap(string text, string source, string target)
    {
        Text = text;
        IsTransposed = source.EndsWith(Transposition, StringComparison.Ordinal);
        string name = IsTransposed ? source[..^Transposition.Length] : source;
        _source = new Regex($"^{Regex.Escape(name).Replace(@"\*", "(.+?)", StringComparison.Ordinal)}$", RegexOptions.CultureInvariant);
        _target = target;
    }

    /// <summary>What it was made of.</summary>
    public string Text { get; }

    /// <summary>Whether matrices are turned around.</summary>
    public bool IsTransposed { get; }

    /// <summary>Reads one.</summary>
    /// <exception cref="InvalidModelFileException">It is none, or its sides have not as many stars.</exception>
    public static TensorMap Parse(string text)
    {
        string[] sides = text.Split('=');
        return sides is [{ Length: > 0 } source, { Length: > 0 } target] && source.Count(letter => letter == '*') == target.Count(letter => letter == '*')
            ? new TensorMap(text, source, target)
            : throw new InvalidModelFileException("a map of tensors", $"'{text}'", "SOURCE=TARGET or SOURCE^T=TARGET, with as many * on each side");
    }

    /// <summary>The parameter that a tensor of this name becomes; null where it does not match.</summary>
    public string? TargetOf(string name)
    {
        if (_source.Match(name) is not { Success: true } match)
        {
            return null;
        }

        int star = 0;
        return string.Concat(_target.SelectMany(letter => letter == '*' ? match.Groups[++star].Value : letter.ToString()));
    }

    /// <inheritdoc/>
    public override string ToString() => Text;
}
