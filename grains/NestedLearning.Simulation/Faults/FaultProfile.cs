namespace NestedLearning.Simulation;

/// <summary>What goes wrong in a run, and how often. Probabilities are for each message, save or piece of work.</summary>
public sealed record FaultProfile
{
    /// <summary>Its name on the command line.</summary>
    public required string Name { get; init; }

    /// <summary>Messages that never arrive.</summary>
    public double Loss { get; init; }

    /// <summary>Messages that arrive twice.</summary>
    public double Repetition { get; init; }

    /// <summary>Messages that are late, so that others overtake them, and their senders have given up at times.</summary>
    public double Lateness { get; init; }

    /// <summary>How late at most.</summary>
    public TimeSpan LongestLateness { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>Loads and saves that fail; half of them before they take place, half after.</summary>
    public double StoreFailure { get; init; }

    /// <summary>Loads and saves that are slow.</summary>
    public double SlowDisk { get; init; }

    /// <summary>How slow at most.</summary>
    public TimeSpan LongestSave { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>Work that is slow.</summary>
    public double SlowCompute { get; init; }

    /// <summary>How slow at most.</summary>
    public TimeSpan LongestCompute { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Work that is refused because there is too much of it.</summary>
    public double Busy { get; init; }

    /// <summary>The mean time between two silos' ends, most of them crashes; zero for none.</summary>
    public TimeSpan BetweenCrashes { get; init; }

    /// <summary>The mean time between two crashes of clients; zero for none.</summary>
    public TimeSpan BetweenClientCrashes { get; init; }

    /// <summary>The mean time between two partitions of the network; zero for none.</summary>
    public TimeSpan BetweenPartitions { get; init; }

    /// <summary>The mean time between two changes of an owner's place while its old silo goes on with it; zero for none.</summary>
    public TimeSpan BetweenMoves { get; init; }

    /// <summary>How far a clock is from the true time at most, at the start and when somebody puts it forward or back.</summary>
    public TimeSpan ClockOffset { get; init; }

    /// <summary>How much faster or slower than the true time a clock goes at most, as a share.</summary>
    public double ClockDrift { get; init; }

    /// <summary>How long things go wrong before everything works again.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(45);

    /// <inheritdoc/>
    public override string ToString() => Name;
}
