namespace NestedLearning.Simulation;

/// <summary>What reaches one shared level, once it goes on evenly.</summary>
/// <param name="Name">Who sends.</param>
/// <param name="Sources">How many send.</param>
/// <param name="Replicas">How many machines hold the level's version.</param>
/// <param name="EventsPerSecond">The events of all sources.</param>
/// <param name="UpdatesPerSecond">The updates that carry them.</param>
/// <param name="FoldsPerSecond">The rounds that they make.</param>
/// <param name="LongestWait">How long an event waits at most until its round closes.</param>
/// <param name="EventsPerSourceSecond">The events of one source's machine in a second.</param>
internal sealed record ScaleLoad(
    string Name,
    long Sources,
    long Replicas,
    double EventsPerSecond,
    double UpdatesPerSecond,
    double FoldsPerSecond,
    TimeSpan LongestWait,
    double EventsPerSourceSecond)
{
    private const double SecondsOfADay = 86_400;

    /// <summary>Every worker sends an update after each period, and a round waits for all of them.</summary>
    public static ScaleLoad OfWorkers(ScaleOptions options)
    {
        double folds = options.EventsPerSecond / options.Period;
        return new ScaleLoad(
            $"{options.Workers:N0} workers",
            options.Workers,
            options.Workers,
            options.Workers * options.EventsPerSecond,
            options.Workers * folds,
            folds,
            TimeSpan.FromSeconds(1 / folds),
            options.EventsPerSecond);
    }

    /// <summary>Every tenant that learned something sends an update once in a while; rounds close by the clock.</summary>
    public static ScaleLoad OfTenants(ScaleOptions options)
    {
        double events = options.Tenants * options.EventsPerDay / SecondsOfADay;
        double eventsBetween = options.EventsPerDay * options.Every.TotalSeconds / SecondsOfADay;
        double senders = options.Tenants * (1 - Math.Exp(-eventsBetween));
        long silos = (options.Tenants + options.TenantsPerSilo - 1) / options.TenantsPerSilo;
        return new ScaleLoad(
            $"{options.Tenants:N0} tenants",
            options.Tenants,
            silos,
            events,
            senders / options.Every.TotalSeconds,
            1 / options.Round.TotalSeconds,
            options.Every + options.Round,
            events / silos);
    }
}
