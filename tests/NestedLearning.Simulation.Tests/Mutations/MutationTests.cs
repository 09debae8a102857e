using Xunit.Abstractions;

namespace NestedLearning.Simulation.Tests.Mutations;

/// <summary>The simulator notices what it is there for: each rule of the protocol, broken on purpose.</summary>
public sealed class MutationTests(ITestOutputHelper output)
{
    private const int Seeds = 200;

    public static TheoryData<string> Rules => [.. BrokenWiring.All.Keys];

    [Theory]
    [MemberData(nameof(Rules))]
    public void Run_WhereARuleIsBroken_IsCaught(string rule)
    {
        SimulationResult? caught = Enumerable.Range(1, Seeds)
            .Select(seed => Simulator.Run(seed, new SimulationSettings(), BrokenWiring.All[rule]))
            .FirstOrDefault(result => result.Violation is not null);

        Assert.True(caught is not null, $"none of {Seeds} seeds notices that {rule}");
        output.WriteLine($"seed {caught.Seed}: {caught.Violation}");
    }
}
