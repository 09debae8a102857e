namespace NestedLearning.Simulation;

/// <summary>Works out from unit costs what larger sizes come to, in the steady state of one shared level with one owner.</summary>
public static class ScalePlanner
{
    /// <summary>The plans for the workers and for the tenants.</summary>
    /// <exception cref="InvalidSimulationException">An option is out of its range.</exception>
    public static IReadOnlyList<ScalePlan> Plan(ScaleOptions options, UnitCosts costs)
    {
        options.Validate();
        return [Plan(ScaleLoad.OfWorkers(options), options, costs), Plan(ScaleLoad.OfTenants(options), options, costs)];
    }

    private static ScalePlan Plan(ScaleLoad load, ScaleOptions options, UnitCosts costs)
    {
        double network = options.NetworkBytesPerSecond;
        double eventsOfAFold = load.EventsPerSecond / load.FoldsPerSecond;
        double bytesUp = (load.EventsPerSecond * costs.UpdateBytesPerEvent) + (load.UpdatesPerSecond * costs.UpdateOverheadBytes);
        double bytesDown = load.FoldsPerSecond * load.Replicas * costs.VersionBytes;

        // A save has the marks, the version, and the journal since the base: on average half of what it may grow to.
        double save = (load.Sources * costs.MarkBytes) + costs.VersionBytes + (costs.LevelBytes / 2.0) + (bytesUp / load.FoldsPerSecond);
        double decode = eventsOfAFold * costs.DecodeSecondsPerEvent;
        double fold = (eventsOfAFold * costs.AbsorbSecondsPerEvent) + costs.SolveSeconds;
        double saving = costs.SaveSeconds + (save / costs.SaveBytesPerSecond);
        double owner = load.FoldsPerSecond * (decode + fold + saving);
        ResourceUse[] uses =
        [
            new(ScalePlan.OwnersTurns, owner),
            new("network into the level", bytesUp / network),
            new("network out of the level", bytesDown / network),
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
            Uses = [.. uses.OrderByDescending(use => use.Share)],
        };
    }
}
