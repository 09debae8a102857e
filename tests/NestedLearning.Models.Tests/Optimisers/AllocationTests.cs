using NestedLearning.Tensors;

namespace NestedLearning.Models.Tests.Optimisers;

/// <summary>What a step takes from the garbage collector: nothing, or small objects whose number does not depend on sizes.</summary>
public sealed class AllocationTests
{
    private const int KilobyteEachOperation = 1024;

    public static TheoryData<RuleSettings, int> Operations => new()
    {
        { new SgdSettings(), 0 },
        { new MomentumSettings(IsNesterov: true), 0 },
        { new AdamWSettings(), 0 },
        { new DeltaMomentumSettings(), 6 },
        { new MuonSettings(), 30 },
        { new M3Settings(ChunkSteps: 4), 60 },
        { new DeepMomentumSettings(), 60 },
    };

    [Theory]
    [MemberData(nameof(Operations))]
    public void Step_OfAnySize_AllocatesAtMostAKilobyteForEachOperation(RuleSettings rule, int operations)
    {
        var backend = new ManagedBackend();
        using var parameters = new ParameterSet(backend, new ParameterGroup(
            "group", 0, new Parameter("weights", backend.Normal([64, 96], 1)), new Parameter("bias", backend.Normal([96], 2))));
        using Optimiser optimiser = new(backend, parameters[0], new(rule, new(1e-3), 0.1, MaxGradientNorm: 1));
        Gradient[] gradients = [new(backend.Normal([64, 96], 3)), new(backend.Normal([96], 4))];
        long allocated = 0;
        for (int step = 0; step < 48; step++)
        {
            // Four steps together, so that each has the same share of an M3 chunk's end.
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 4; i++)
            {
                optimiser.Step(gradients);
            }

            allocated = (GC.GetAllocatedBytesForCurrentThread() - before) / 4;
        }

        Assert.InRange(allocated, 0, 2 * operations * KilobyteEachOperation);
    }
}
