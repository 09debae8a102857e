using NestedLearning.Tensors.Contracts;

namespace NestedLearning.Tensors.Tests.Autodiff;

/// <summary>Whole steps of a small network: they learn, repeat exactly and settle in memory.</summary>
public sealed class TrainingTests
{
    private const int Steps = 60;

    [Fact]
    public void Steps_OnARandomTask_LowerTheLoss()
    {
        float[] losses = SmallNetwork.Train(new ManagedBackend(), Steps, _ => { });
        Assert.True(losses[^1] < 0.2 * losses[0], $"from {losses[0]} to {losses[^1]}");
    }

    [Fact]
    public void Steps_WithTheSameSeed_GiveTheSameBits()
    {
        float[] losses = SmallNetwork.Train(new ManagedBackend(), Steps, _ => { });
        Assert.Equal(losses, SmallNetwork.Train(new ManagedBackend(), Steps, _ => { }));
        Assert.Equal(losses, SmallNetwork.Train(new ManagedBackend(2), Steps, _ => { }));
    }

    [Fact]
    public void Steps_AfterTheFirstFew_TakeNoNewBuffers()
    {
        var backend = new ManagedBackend();
        var usages = new List<PoolUsage>();
        SmallNetwork.Train(backend, Steps, _ => usages.Add(backend.Usage));
        Assert.Single(usages.Skip(2).Distinct());
    }

    [Fact]
    public void Steps_AfterTheFirstFew_AllocateAConstantFarBelowTheirBuffers()
    {
        var marks = new List<long>();
        SmallNetwork.Train(new ManagedBackend(), Steps, _ => marks.Add(GC.GetAllocatedBytesForCurrentThread()));
        long[] steps = [.. marks.Skip(41).Zip(marks.Skip(40), (end, start) => end - start)];
        Assert.All(steps, bytes => Assert.InRange(bytes, 0, 40_000));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1 << 16)]
    public void Operations_OfAnySize_AllocateSmallObjectsOnly(int length)
    {
        const int Operations = 100;
        var backend = new ManagedBackend();
        using Tensor tensor = backend.Fill([length], 0.5);
        long allocated = 0;
        for (int round = 0; round < 3; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            using var tape = new Tape(backend);
            Variable x = tape.Parameter(tensor);
            for (int i = 0; i < Operations; i++)
            {
                x *= x;
            }

            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Assert.InRange(allocated / Operations, 0, 1024);
    }

    [Fact]
    public void Gradients_OfALongChain_ReleaseWhatTheyHaveUsed()
    {
        const int Layers = 50;
        var backend = new ManagedBackend();
        using Tensor tensor = backend.Fill([1 << 12], 0.5);
        using var tape = new Tape(backend);
        Variable x = tape.Parameter(tensor);
        Variable y = x;
        for (int layer = 0; layer < Layers; layer++)
        {
            y = y.Tanh() * y.Exp();
        }

        Variable sum = y.Sum();
        long forward = backend.Usage.BytesInUse;
        tape.Gradients(sum, [x]);
        Assert.InRange(backend.Usage.BytesInUse + backend.Usage.BytesIdle, forward, forward + (10 * sizeof(float) << 12));
    }
}
