namespace NestedLearning.Models;

/// <summary>The name of a key to the HTTP API.</summary>
public readonly record struct KeyId
{
    private readonly string? _value;

    /// <summary>Accepts 1 to 64 of <c>[a-z0-9-]</c>.</summary>
    /// <exception cref="InvalidIdException">The text does not follow the rule.</exception>
    public KeyId(string value) => _value = IdRule.Check("key", value, IdRule.ShortLength);

    /// <summary>The id as text; never empty, except for <c>default</c>.</summary>
    public string Value => _value ?? "";

    /// <inheritdoc/>
    public override string ToString() => Value;
}
