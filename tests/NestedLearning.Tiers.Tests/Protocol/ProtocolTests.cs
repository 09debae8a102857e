using Xunit.Abstractions;

namespace NestedLearning.Tiers.Tests.Protocol;

/// <summary>Exactly once, whatever happens: proved by simulation over seeds. A failure names its seed.</summary>
public class ProtocolTests(ITestOutputHelper output)
{
    private const int Seeds = 120;

    [Fact]
    public void AnyRun_WithCrashesAndALossyNetwork_CountsEveryEventOnce()
    {
        int rebases = 0;
        for (int seed = 1; seed <= Seeds; seed++)
        {
            rebases += Run(ProtocolSettings.FromSeed(seed)).Level.Rebases;
        }

        output.WriteLine($"{Seeds} seeds, {rebases} changes of base");
        Assert.True(rebases > Seeds / 10, $"the runs are too short to try the change of base: {rebases}");
    }

    [Fact]
    public void SynchronousRun_DisturbedOrNot_EndsWithTheSameVersion()
    {
        for (int seed = 1; seed <= 100; seed++)
        {
            ProtocolSettings settings = ProtocolSettings.SynchronousFromSeed(seed);
            byte[] undisturbed = RunInChunks(settings with { FaultRate = 0 });
            byte[] disturbed = RunInChunks(settings);
            Assert.True(undisturbed.AsSpan().SequenceEqual(disturbed), $"seed {seed}: the versions differ");
        }
    }

    [Theory]
    [InlineData(BrokenRule.MemoryConfirmsBeforeItSaves)]
    [InlineData(BrokenRule.ConsolidatorConfirmsWithoutSaving)]
    [InlineData(BrokenRule.StateIsSavedBeforeItsBase)]
    [InlineData(BrokenRule.ClientResendsNothing)]
    [InlineData(BrokenRule.MemoryForgetsItsState)]
    public void AnyRun_WhereAHostBreaksARule_IsCaught(BrokenRule rule)
    {
        int caught = Enumerable.Range(1, Seeds).FirstOrDefault(seed => IsCaught(ProtocolSettings.FromSeed(seed) with { Broken = rule }));
        Assert.True(caught > 0, $"no seed catches {rule}");
        output.WriteLine($"{rule}: caught at seed {caught}");
    }

    private static bool IsCaught(ProtocolSettings settings)
    {
        try
        {
            RunAndCheck(settings);
            return false;
        }
        catch (ProtocolViolation)
        {
            return true;
        }
    }

    private static ProtocolWorld Run(ProtocolSettings settings)
    {
        try
        {
            return RunAndCheck(settings);
        }
        catch (Exception error)
        {
            throw new InvalidOperationException($"Seed {settings.Seed}: {error.Message} {settings.Policy} {settings.Spec}", error);
        }
    }

    private static ProtocolWorld RunAndCheck(ProtocolSettings settings)
    {
        ProtocolWorld world = new(settings);
        world.Run(6000, world.TeachAnyhow);
        ProtocolAudit.Check(world, settings);
        return world;
    }

    private static byte[] RunInChunks(ProtocolSettings settings)
    {
        ProtocolWorld world = new(settings);
        world.Run(settings.FaultRate > 0 ? 600 : 0, memory => world.TeachInChunks(memory, chunk: 6));
        ProtocolAudit.Check(world, settings);
        return ProtocolWorld.Bits(world.Level.Consolidator.Published);
    }
}
