namespace NestedLearning.Models;

/// <summary>The sizes of <see cref="AssociativeRecallTask"/>.</summary>
public sealed record AssociativeRecallSettings
{
    /// <summary>How many different keys there are, 1 to 100,000; default 32.</summary>
    public int Keys { get; init; } = 32;

    /// <summary>How many different values there are, 2 to 100,000; default 32.</summary>
    public int Values { get; init; } = 32;

    /// <summary>How many pairs a stream holds, 1 to the keys; default 8. The more, the more a memory has to hold.</summary>
    public int Pairs { get; init; } = 8;

    /// <summary>How many of the keys are asked for, 1 to the pairs; default 8.</summary>
    public int Queries { get; init; } = 8;

    /// <summary>How many tokens without meaning are between pairs and queries, 0 to 1,000,000; default 0.</summary>
    public int Gap { get; init; }

    /// <summary>Reports every violation at once.</summary>
    /// <exception cref="InvalidTaskException">At least one setting is out of its range.</exception>
    public void Validate()
    {
        TaskViolations violations = new();
        violations.CheckRange(nameof(Keys), Keys, 1, 100_000);
        violations.CheckRange(nameof(Values), Values, 2, 100_000);
        violations.CheckRange(nameof(Pairs), Pairs, 1, Keys);
        violations.CheckRange(nameof(Queries), Queries, 1, Pairs);
        violations.CheckRange(nameof(Gap), Gap, 0, 1_000_000);
        violations.Throw();
    }
}
