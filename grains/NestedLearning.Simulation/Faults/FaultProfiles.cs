namespace NestedLearning.Simulation;

/// <summary>The profiles that have a name.</summary>
public static class FaultProfiles
{
    /// <summary>Nothing goes wrong.</summary>
    public static FaultProfile None { get; } = new() { Name = "none", Duration = TimeSpan.Zero };

    /// <summary>Messages are lost, late and repeated.</summary>
    public static FaultProfile Network { get; } = new()
    {
        Name = "network",
        Loss = 0.05,
        Repetition = 0.1,
        Lateness = 0.1,
        BetweenPartitions = TimeSpan.FromSeconds(15),
    };

    /// <summary>Silos and clients crash and start again.</summary>
    public static FaultProfile Crashes { get; } = new()
    {
        Name = "crashes",
        BetweenCrashes = TimeSpan.FromSeconds(4),
        BetweenClientCrashes = TimeSpan.FromSeconds(10),
    };

    /// <summary>The store is slow and fails.</summary>
    public static FaultProfile Disks { get; } = new() { Name = "disks", StoreFailure = 0.15, SlowDisk = 0.15 };

    /// <summary>Everything at once, two owners of one state and wrong clocks included.</summary>
    public static FaultProfile Harsh { get; } = new()
    {
        Name = "harsh",
        Loss = 0.04,
        Repetition = 0.08,
        Lateness = 0.06,
        StoreFailure = 0.06,
        SlowDisk = 0.05,
        SlowCompute = 0.02,
        Busy = 0.01,
        BetweenCrashes = TimeSpan.FromSeconds(6),
        BetweenClientCrashes = TimeSpan.FromSeconds(15),
        BetweenPartitions = TimeSpan.FromSeconds(12),
        BetweenMoves = TimeSpan.FromSeconds(6),
        ClockOffset = TimeSpan.FromMinutes(5),
        ClockDrift = 0.1,
    };

    /// <summary>All of them, the gentlest first.</summary>
    public static IReadOnlyList<FaultProfile> All { get; } = [None, Network, Crashes, Disks, Harsh];

    /// <summary>The profile of a name.</summary>
    /// <exception cref="InvalidSimulationException">There is none.</exception>
    public static FaultProfile Of(string name) =>
        All.FirstOrDefault(profile => profile.Name == name)
        ?? throw new InvalidSimulationException([$"the fault profile is '{name}', accepted: {string.Join(", ", All)}"]);
}
