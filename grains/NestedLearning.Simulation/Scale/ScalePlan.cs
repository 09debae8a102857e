namespace NestedLearning.Simulation;

/// <summary>A resource, and how much of it is used; above 1 there is too little of it.</summary>
public sealed record ResourceUse(string Resource, double Share);

/// <summary>What a size that this machine cannot run would come to.</summary>
public sealed record ScalePlan
{
    /// <summary>The resource that every update and every fold needs.</summary>
    internal const string OwnersTurns = "the level's owner";

    /// <summary>Who sends.</summary>
    public required string Name { get; init; }

    /// <summary>The events that reach the level in a second.</summary>
    public required double EventsPerSecond { get; init; }

    /// <summary>The updates that carry them.</summary>
    public required double UpdatesPerSecond { get; init; }

    /// <summary>The bytes of the updates in a second.</summary>
    public required double BytesUpPerSecond { get; init; }

    /// <summary>The bytes of the versions in a second, to all machines together.</summary>
    public required double BytesDownPerSecond { get; init; }

    /// <summary>The bytes that a save of the level has.</summary>
    public required double BytesPerSave { get; init; }

    /// <summary>The time between two folds.</summary>
    public required TimeSpan BetweenFolds { get; init; }

    /// <summary>Adding a round to the level and solving for its weights.</summary>
    public required TimeSpan FoldTime { get; init; }

    /// <summary>Making a fold durable.</summary>
    public required TimeSpan SaveTime { get; init; }

    /// <summary>From an event to a version that contains it, on average; null where the level falls behind without end.</summary>
    public required TimeSpan? Staleness { get; init; }

    /// <summary>The same for an event that waits longest.</summary>
    public required TimeSpan? LongestStaleness { get; init; }

    /// <summary>How much is used of everything that may run short, most first.</summary>
    public required IReadOnlyList<ResourceUse> Uses { get; init; }

    /// <summary>How many shards add up its rounds, its owner among them: the fewest that keep up, or do best.</summary>
    public required int Shards { get; init; }

    /// <summary>How much of the owner's turns is used.</summary>
    internal double OwnersShare => Uses.First(use => use.Resource == OwnersTurns).Share;

    /// <summary>What runs short first.</summary>
    public ResourceUse Bottleneck => Uses[0];
}
