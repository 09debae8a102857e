namespace NestedLearning.Simulation;

/// <summary>What is planned for, and what is assumed of it.</summary>
public sealed record ScaleOptions
{
    /// <summary>Workers that train together, each on a machine of its own, 1 to 1,000,000; default 1,000.</summary>
    public int Workers { get; init; } = 1000;

    /// <summary>The events that a worker learns in a second, above 0; default 100.</summary>
    public double EventsPerSecond { get; init; } = 100;

    /// <summary>The events after which a worker sends an update, at least 1; default 500. A round waits for all workers.</summary>
    public int Period { get; init; } = 500;

    /// <summary>Tenants with a memory each, 1 to 1,000,000,000; default 10,000,000.</summary>
    public long Tenants { get; init; } = 10_000_000;

    /// <summary>The events of a tenant in a day, above 0; default 20.</summary>
    public double EventsPerDay { get; init; } = 20;

    /// <summary>How often tenants send up what they learned, above zero; default every hour, spread over it.</summary>
    public TimeSpan Every { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How long a round of tenants stays open, above zero; default 10 minutes, as that of a round policy.</summary>
    public TimeSpan Round { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The tenants of one silo, which share one replica of each version, at least 1; default 500,000.</summary>
    public long TenantsPerSilo { get; init; } = 500_000;

    /// <summary>What a machine's network carries in each direction; default 10 Gbit/s.</summary>
    public double NetworkBytesPerSecond { get; init; } = 1.25e9;

    /// <summary>Reports every violation at once.</summary>
    /// <exception cref="InvalidSimulationException">At least one option is out of its range.</exception>
    public void Validate()
    {
        List<string> violations = [];
        Check(Workers is >= 1 and <= 1_000_000, nameof(Workers), Workers, "1 to 1000000");
        Check(EventsPerSecond > 0 && double.IsFinite(EventsPerSecond), nameof(EventsPerSecond), EventsPerSecond, "above 0");
        Check(Period >= 1, nameof(Period), Period, "at least 1");
        Check(Tenants is >= 1 and <= 1_000_000_000, nameof(Tenants), Tenants, "1 to 1000000000");
        Check(EventsPerDay > 0 && double.IsFinite(EventsPerDay), nameof(EventsPerDay), EventsPerDay, "above 0");
        Check(Every > TimeSpan.Zero, nameof(Every), Every, "above zero");
        Check(Round > TimeSpan.Zero, nameof(Round), Round, "above zero");
        Check(TenantsPerSilo >= 1, nameof(TenantsPerSilo), TenantsPerSilo, "at least 1");
        Check(NetworkBytesPerSecond > 0, nameof(NetworkBytesPerSecond), NetworkBytesPerSecond, "above 0");
        if (violations.Count > 0)
        {
            throw new InvalidSimulationException(violations);
        }

        void Check<T>(bool holds, string option, T value, string accepted)
        {
            if (!holds)
            {
                violations.Add(FormattableString.Invariant($"{option} is {value}, accepted: {accepted}"));
            }
        }
    }
}
