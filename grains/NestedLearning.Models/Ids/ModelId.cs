namespace NestedLearning.Models;

/// <summary>The name of a model.</summary>
public readonly record struct ModelId
{
    private readonly string? _value;

    /// <summary>Accepts 1 to 64 of <c>[a-z0-9-]</c>.</summary>
    /// <exception cref="InvalidIdException">The text does not follow the rule.</exception>
    public ModelId(string value) => _value = IdRule.Check("model", value, IdRule.ShortLength);

    /// <summary>The id as text; never empty, except for <c>default</c>.</summary>
    public string Value => _value ?? "";

    /// <inheritdoc/>
    public override string ToString() => Value;
}
