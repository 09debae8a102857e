using NestedLearning.Models;

namespace NestedLearning.Tiers;

/// <summary>Which of a model's tenants are asked for.</summary>
public sealed record TenantQuery
{
    /// <summary>The most tenants that are given at once.</summary>
    public const int MaxCount = 1000;

    /// <summary>What their names begin with; all by default.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>Only tenants after this one, by name; from the first by default.</summary>
    public TenantId? After { get; init; }

    /// <summary>At most so many, 1 to <see cref="MaxCount"/>; default 100.</summary>
    public int Count { get; init; } = 100;

    /// <summary>Refuses a count that is out of its range.</summary>
    /// <exception cref="InvalidInputException">It is.</exception>
    public void Validate()
    {
        if (Count is < 1 or > MaxCount)
        {
            throw new InvalidInputException("count", FormattableString.Invariant($"is {Count}"), FormattableString.Invariant($"1 to {MaxCount}"));
        }
    }
}
