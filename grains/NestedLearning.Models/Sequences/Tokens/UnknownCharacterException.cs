using System.Globalization;
using System.Text;

namespace NestedLearning.Models;

/// <summary>A text has a character for which a tokenizer has no token.</summary>
public sealed class UnknownCharacterException : NestedLearningException
{
    /// <summary>Names the character, where it is in the text, and how many are accepted.</summary>
    public UnknownCharacterException(Rune character, int position, int accepted)
        : base(FormattableString.Invariant($"The character {Describe(character)} at position {position} has no token; accepted are the {accepted} characters of the training text."))
    {
        Character = character;
        Position = position;
    }

    /// <summary>The character.</summary>
    public Rune Character { get; }

    /// <summary>Where it is, in UTF-16 units from the start of the text.</summary>
    public int Position { get; }

    private static string Describe(Rune character)
    {
        string code = "U+" + character.Value.ToString("X4", CultureInfo.InvariantCulture);
        return Rune.IsControl(character) ? code : $"'{character}' ({code})";
    }
}
