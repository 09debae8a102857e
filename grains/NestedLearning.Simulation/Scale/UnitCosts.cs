namespace NestedLearning.Simulation;

/// <summary>What one thing costs on the machine that measured it, with one thread.</summary>
public sealed record UnitCosts
{
    /// <summary>Learning an event, its features included.</summary>
    public required double LearnSecondsPerEvent { get; init; }

    /// <summary>Turning a learned event into its part of an update.</summary>
    public required double EncodeSecondsPerEvent { get; init; }

    /// <summary>Reading and checking an update's event.</summary>
    public required double DecodeSecondsPerEvent { get; init; }

    /// <summary>Adding an update's event to a level.</summary>
    public required double AbsorbSecondsPerEvent { get; init; }

    /// <summary>Getting an update's event ready for a shard.</summary>
    public required double PackSecondsPerEvent { get; init; }

    /// <summary>Reading what a shard's part of a round comes to, and adding it to a level, however many events it has.</summary>
    public required double AddPartSeconds { get; init; }

    /// <summary>The fewest events of a part.</summary>
    public required long LeastPart { get; init; }

    /// <summary>What a part comes to, under way.</summary>
    public required long PartBytes { get; init; }

    /// <summary>Solving for a level's weights, however little was added.</summary>
    public required double SolveSeconds { get; init; }

    /// <summary>What an event adds to an update.</summary>
    public required double UpdateBytesPerEvent { get; init; }

    /// <summary>What an update has without events.</summary>
    public required long UpdateOverheadBytes { get; init; }

    /// <summary>A whole version.</summary>
    public required long VersionBytes { get; init; }

    /// <summary>The sums of a level, which are its base.</summary>
    public required long LevelBytes { get; init; }

    /// <summary>What a source's mark adds to a level's state.</summary>
    public required double MarkBytes { get; init; }

    /// <summary>A small save.</summary>
    public required double SaveSeconds { get; init; }

    /// <summary>What a large save writes in a second.</summary>
    public required double SaveBytesPerSecond { get; init; }
}
