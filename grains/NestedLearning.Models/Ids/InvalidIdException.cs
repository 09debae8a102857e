namespace NestedLearning.Models;

/// <summary>A text that should name a model, tenant, source, level or schedule does not follow the rule for names.</summary>
public sealed class InvalidIdException : NestedLearningException
{
    /// <summary>Names the kind of id, the offending text and the rule.</summary>
    public InvalidIdException(string kind, string? value, int maxLength)
        : base($"'{Shorten(value)}' is not a valid {kind}: accepted are 1 to {maxLength} of a-z, 0-9 and '-'.")
    {
        Kind = kind;
        Value = value;
    }

    /// <summary>What the text should have named, such as "tenant".</summary>
    public string Kind { get; }

    /// <summary>The text as given.</summary>
    public string? Value { get; }

    private static string Shorten(string? value) => value is { Length: > 80 } ? value[..80] + "..." : value ?? "(null)";
}
