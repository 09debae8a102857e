namespace NestedLearning.Models;

/// <summary>The name of a tenant or of a worker: whoever owns a fast memory.</summary>
public readonly record struct TenantId
{
    private readonly string? _value;

    /// <summary>Accepts 1 to 128 of <c>[a-z0-9-]</c>.</summary>
    /// <exception cref="InvalidIdException">The text does not follow the rule.</exception>
    public TenantId(string value) => _value = IdRule.Check("tenant", value, IdRule.LongLength);

    /// <summary>The id as text; never empty, except for <c>default</c>.</summary>
    public string Value => _value ?? "";

    /// <inheritdoc/>
    public override string ToString() => Value;
}
