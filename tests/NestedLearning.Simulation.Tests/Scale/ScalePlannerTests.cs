namespace NestedLearning.Simulation.Tests.Scale;

public sealed class ScalePlannerTests
{
    private static readonly UnitCosts Costs = new()
    {
        LearnSecondsPerEvent = 1e-4,
        EncodeSecondsPerEvent = 1e-5,
        DecodeSecondsPerEvent = 1e-5,
        AbsorbSecondsPerEvent = 4e-5,
        PackSecondsPerEvent = 1e-6,
        AddPartSeconds = 0.01,
        LeastPart = 1000,
        PartBytes = 5_000_000,
        SolveSeconds = 1,
        UpdateBytesPerEvent = 400,
        UpdateOverheadBytes = 200,
        VersionBytes = 2_500_000,
        LevelBytes = 100_000_000,
        MarkBytes = 20,
        SaveSeconds = 0.01,
        SaveBytesPerSecond = 1e9,
    };

    private static readonly ScaleOptions Options = new()
    {
        Workers = 100,
        EventsPerSecond = 10,
        Period = 100,
        Tenants = 1_000_000,
        EventsPerDay = 86.4,
        Every = TimeSpan.FromHours(1),
        Round = TimeSpan.FromMinutes(10),
        TenantsPerSilo = 100_000,
    };

    [Fact]
    public void Plan_Workers_AddsUpByHand()
    {
        ScalePlan plan = ScalePlanner.Plan(Options, Costs)[0];

        // 100 workers of 10 events a second: 1,000 events, 10 updates of 100 events, a round of them every 10 s.
        Assert.Equal(1000, plan.EventsPerSecond, 6);
        Assert.Equal(10, plan.UpdatesPerSecond, 6);
        Assert.Equal((1000 * 400) + (10 * 200), plan.BytesUpPerSecond, 3);
        Assert.Equal(0.1 * 100 * 2_500_000, plan.BytesDownPerSecond, 3);
        Assert.Equal(1 + (10_000 * 4e-5), plan.FoldTime.TotalSeconds, 6);

        double save = (100 * 20) + 2_500_000 + 50_000_000 + 4_020_000;
        Assert.Equal(save, plan.BytesPerSave, 0);
        Assert.Equal(0.01 + (save / 1e9), plan.SaveTime.TotalSeconds, 6);
        double owner = 0.1 * (0.1 + 1.4 + plan.SaveTime.TotalSeconds);
        Assert.Equal(owner, plan.Uses.Single(use => use.Resource == ScalePlan.OwnersTurns).Share, 6);
        Assert.Equal(5 + 0.1 + 1.4 + plan.SaveTime.TotalSeconds + 0.2, plan.Staleness!.Value.TotalSeconds, 5);
        Assert.Equal(1, plan.Shards);
    }

    [Fact]
    public void Plan_Tenants_ThoseWithoutEventsSendNothing()
    {
        ScalePlan plan = ScalePlanner.Plan(Options, Costs)[1];

        // 3.6 events on average between two updates: 1 - e^-3.6 of all tenants have some.
        Assert.Equal(1000, plan.EventsPerSecond, 6);
        Assert.Equal(1_000_000 * (1 - Math.Exp(-3.6)) / 3600, plan.UpdatesPerSecond, 6);
        Assert.Equal(TimeSpan.FromMinutes(10), plan.BetweenFolds);
        Assert.Equal(10 * 2_500_000 / 600.0, plan.BytesDownPerSecond, 3);
        Assert.InRange(plan.LongestStaleness!.Value, TimeSpan.FromMinutes(70), TimeSpan.FromMinutes(72));
    }

    [Fact]
    public void Plan_MoreThanAnOwnerCanAddUp_TakesTheFewestShardsThatKeepUp()
    {
        ScalePlan plan = ScalePlanner.Plan(Options with { Workers = 4000 }, Costs with { SaveBytesPerSecond = 1e10 })[0];

        // 40,000 events a second, rounds of 400,000 every 10 s: decoding takes 4 s, adding 16 s for one, solving 1 s.
        double add = 16 / 4.0;
        double transfer = ((0.75 * ((400_000 * 400.0) + (4000 * 200))) + (3 * 5e6)) / 1.25e9;
        Assert.Equal(4, plan.Shards);
        Assert.Equal((0.75 * 0.4) + add + (4 * 0.01) + transfer + 1, plan.FoldTime.TotalSeconds, 6);
        Assert.NotNull(plan.Staleness);
    }

    [Fact]
    public void Plan_MoreThanAnOwnerCanTake_SaysSo()
    {
        ScalePlan plan = ScalePlanner.Plan(Options with { Workers = 1_000_000 }, Costs)[0];
        Assert.Null(plan.Staleness);
        Assert.Null(plan.LongestStaleness);
        Assert.InRange(plan.Bottleneck.Share, 10, double.MaxValue);
    }

    [Fact]
    public void Plan_OptionsOutOfRange_AreAllReported()
    {
        InvalidSimulationException error = Assert.Throws<InvalidSimulationException>(
            () => ScalePlanner.Plan(Options with { Workers = 0, EventsPerDay = double.NaN }, Costs));
        Assert.Equal(2, error.Violations.Count);
    }
}
