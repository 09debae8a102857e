namespace NestedLearning.Models;

/// <summary>The name of a sender: a client feeding a memory, or a memory sending updates up. It can be as long as a tenant's name, because a memory sends under its tenant's name.</summary>
public readonly record struct SourceId
{
    private readonly string? _value;

    /// <summary>Accepts 1 to 128 of <c>[a-z0-9-]</c>.</summary>
    /// <exception cref="InvalidIdException">The text does not follow the rule.</exception>
    public SourceId(string value) => _value = IdRule.Check("source", value, IdRule.LongLength);

    /// <summary>The id as text; never empty, except for <c>default</c>.</summary>
    public string Value => _value ?? "";

    /// <inheritdoc/>
    public override string ToString() => Value;
}
