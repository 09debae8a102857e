using NestedLearning.Tiers;

namespace NestedLearning.Simulation;

/// <summary>Works out from unit costs what larger sizes come to, in the steady state of one shared level.</summary>
public static class ScalePlanner
{
    /// <summary>The plans for the workers and for the tenants.</summary>
    /// <exception cref="InvalidSimulationException">An option is out of its range.</exception>
    public static IReadOnlyList<ScalePlan> Plan(ScaleOptions options, UnitCosts costs)
    {
        options.Validate();
        return [Plan(ScaleLoad.OfWorkers(options), options, costs), Plan(ScaleLoad.OfTenants(options), options, costs)];
    }

    /// <summary>The plan with the fewest shards that keep up; where none do, with those that do best.</summary>
    private static ScalePlan Plan(ScaleLoad load, ScaleOptions options, UnitCosts costs)
    {
        int most = (int)Math.Clamp(load.EventsPerSecond / load.FoldsPerSecond / costs.LeastPart, 1, RoundPolicy.MaxShards);
        ScalePlan[] plans = [.. Enumerable.Range(1, most).Select(shards => Plan(load, options, costs, shards))];
        return plans.FirstOrDefault(plan => plan.OwnersShare < 1) ?? plans.MinBy(plan => plan.OwnersShare)!;
    }

    private static ScalePlan Plan(ScaleLoad load, ScaleOptions options, UnitCosts costs, int shards)
    {
        double network = options.NetworkBytesPerSecond;
        double eventsOfAFold = load.EventsPerSecond / load.FoldsPerSecond;
        double bytesUp = (load.EventsPerSecond * costs.UpdateBytesPerEvent) + (load.UpdatesPerSecond * costs.UpdateOverheadBytes);
        double bytesDown = load.FoldsPerSecond * load.Replicas * costs.VersionBytes;

        // A save has the marks, the version, and the journal since the base: on average half of what it may grow to.
        double save = (load.Sources * costs.MarkBytes) + costs.VersionBytes + (costs.LevelBytes / 2.0) + (bytesUp / load.FoldsPerSecond);
        double decode = eventsOfAFold * costs.DecodeSecondsPerEvent;

        // The other shards get their parts while the owner adds up its own, which is as large.
        double others = (shards - 1) / (double)shards;
        double pack = others * eventsOfAFold * costs.PackSecondsPerEvent;
        double bytesOut = others * bytesUp;
        double bytesIn = (shards - 1) * load.FoldsPerSecond * costs.PartBytes;
        double add = (eventsOfAFold * costs.AbsorbSecondsPerEvent / shards) + (shards == 1 ? 0 : shards * costs.AddPartSeconds);
        double transfer = ((bytesOut + bytesIn) / load.FoldsPerSecond) / network;
        double fold = pack + add + transfer + costs.SolveSeconds;
        double saving = costs.SaveSeconds + (save / costs.SaveBytesPerSecond);
        ResourceUse[] uses =
        [
            new(ScalePlan.OwnersTurns, load.FoldsPerSecond * (decode + fold + saving)),
            new("network into the level", (bytesUp + bytesIn) / network),
            new("network out of the level", (bytesDown + bytesOut) / network),
            new("a source's machine", load.EventsPerSourceSecond * (costs.LearnSecondsPerEvent + costs.EncodeSecondsPerEvent)),
        ];
        double after = decode + fold + saving + (load.Replicas * costs.VersionBytes / network);
        bool keepsUp = uses.All(use => use.Share < 1);
        return new ScalePlan
        {
            Name = load.Name,
            EventsPerSecond = load.EventsPerSecond,
            UpdatesPerSecond = load.UpdatesPerSecond,
            BytesUpPerSecond = bytesUp,
            BytesDownPerSecond = bytesDown,
            BytesPerSave = save,
            BetweenFolds = TimeSpan.FromSeconds(1 / load.FoldsPerSecond),
            FoldTime = TimeSpan.FromSeconds(fold),
            SaveTime = TimeSpan.FromSeconds(saving),
            Staleness = keepsUp ? (load.LongestWait / 2) + TimeSpan.FromSeconds(after) : null,
            LongestStaleness = keepsUp ? load.LongestWait + TimeSpan.FromSeconds(after) : null,
            Shards = shards,
            Uses = [.. uses.OrderByDescending(use => use.Share)],
        };
    }
}
