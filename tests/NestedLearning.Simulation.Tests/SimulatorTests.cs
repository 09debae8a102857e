using NestedLearning.Simulation.Tests.Mutations;
using Xunit.Abstractions;

namespace NestedLearning.Simulation.Tests;

/// <summary>What must always hold, over seeds. A failure names its seed, which replays exactly.</summary>
public sealed class SimulatorTests(ITestOutputHelper output)
{
    public static TheoryData<string> Profiles => [.. FaultProfiles.All.Select(profile => profile.Name)];

    [Fact]
    public void Run_AThousandSeedsOfEverythingAtOnce_KeepsEveryPromise() => RunSeeds(1000, new SimulationSettings());

    [Theory]
    [MemberData(nameof(Profiles))]
    public void Run_EachProfile_KeepsEveryPromise(string profile) =>
        RunSeeds(40, new SimulationSettings { Faults = FaultProfiles.Of(profile) });

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(9)]
    public void Run_FewNodesOrMany_KeepsEveryPromise(int nodes) => RunSeeds(40, new SimulationSettings { Nodes = nodes });

    [Theory]
    [InlineData(7)]
    [InlineData(81)]
    public void Run_SameSeed_IsTheSameToTheBitTracedOrNot(int seed)
    {
        SimulationResult first = Simulator.Run(seed, new SimulationSettings(), isTraced: true);
        SimulationResult second = Simulator.Run(seed, new SimulationSettings(), isTraced: true);
        SimulationResult untraced = Simulator.Run(seed, new SimulationSettings());

        Assert.Equal(first.Trace, second.Trace);
        Assert.Empty(untraced.Trace);
        Assert.Equal(first with { Trace = [] }, untraced with { Trace = [] });
        Assert.NotEqual(first.Fingerprint, Simulator.Run(seed + 1, new SimulationSettings()).Fingerprint);
    }

    [Fact]
    public void Run_BrokenRule_ReplaysWithATraceThatEndsAtTheViolation()
    {
        BrokenWiring broken = BrokenWiring.All["marks are saved after the state"];
        SimulationResult found = Simulator.Run(1, new SimulationSettings(), broken);
        SimulationResult replayed = Simulator.Run(1, new SimulationSettings(), broken, isTraced: true);

        Assert.NotNull(found.Violation);
        Assert.Equal(found.Violation, replayed.Violation);
        Assert.Contains(replayed.Trace.TakeLast(2), line => line.Contains(found.Violation.ToString(), StringComparison.Ordinal));
        Assert.Contains("seed 1, ", replayed.Trace[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Run_SettingsOutOfRange_AreRefused()
    {
        Assert.Throws<InvalidSimulationException>(() => Simulator.Run(1, new SimulationSettings { Nodes = 0 }));
        Assert.Throws<InvalidSimulationException>(() => FaultProfiles.Of("gentle"));
    }

    private void RunSeeds(int seeds, SimulationSettings settings)
    {
        SimulationResult[] results = new SimulationResult[seeds];
        Parallel.For(0, seeds, i => results[i] = Simulator.Run(i + 1, settings));

        SimulationResult? failed = results.FirstOrDefault(result => result.Violation is not null);
        Assert.True(failed is null, failed is null ? "" : Replay(failed.Seed, settings));
        output.WriteLine(
            $"{results.Sum(result => result.Events)} events, {results.Sum(result => result.Steps)} steps, "
            + $"{results.Sum(result => result.Restarts)} restarts, {results.Sum(result => result.Versions)} versions, "
            + $"{results.Sum(result => result.Rollbacks)} rollbacks, {results.Sum(result => result.Replays)} replays, {results.Sum(result => result.Forgotten)} tenants taken out");
    }

    private static string Replay(int seed, SimulationSettings settings)
    {
        SimulationResult replayed = Simulator.Run(seed, settings, isTraced: true);
        return $"seed {seed}: {replayed.Violation}\n{string.Join('\n', replayed.Trace.TakeLast(100))}";
    }
}
