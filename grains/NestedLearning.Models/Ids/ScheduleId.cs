namespace NestedLearning.Models;

/// <summary>The name of a schedule of a model.</summary>
public readonly record struct ScheduleId
{
    private readonly string? _value;

    /// <summary>Accepts 1 to 64 of <c>[a-z0-9-]</c>.</summary>
    /// <exception cref="InvalidIdException">The text does not follow the rule.</exception>
    public ScheduleId(string value) => _value = IdRule.Check("schedule", value, IdRule.ShortLength);

    /// <summary>The id as text; never empty, except for <c>default</c>.</summary>
    public string Value => _value ?? "";

    /// <inheritdoc/>
    public override string ToString() => Value;
}
