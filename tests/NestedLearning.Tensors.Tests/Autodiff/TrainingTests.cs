namespace NestedLearning.Tensors.Tests.Autodiff;

/// <summary>Whole steps of a small network: they learn, repeat exactly and settle in memory.</summary>
public sealed class TrainingTests
{
    private const int Steps = 60;

    [Fact]
    public void Steps_OnARandomTask_LowerTheLoss()
    {
        float[] losses = Train(new ManagedBackend(), Steps, _ => { });
        Assert.True(losses[^1] < 0.2 * losses[0], $"from {losses[0]} to {losses[^1]}");
    }

    [Fact]
    public void Steps_WithTheSameSeed_GiveTheSameBits()
    {
        float[] losses = Train(new ManagedBackend(), Steps, _ => { });
        Assert.Equal(losses, Train(new ManagedBackend(), Steps, _ => { }));
        Assert.Equal(losses, Train(new ManagedBackend(2), Steps, _ => { }));
    }

    [Fact]
    public void Steps_AfterTheFirstFew_TakeNoNewBuffers()
    {
        var backend = new ManagedBackend();
        var usages = new List<PoolUsage>();
        Train(backend, Steps, _ => usages.Add(backend.Usage));
        Assert.Single(usages.Skip(2).Distinct());
    }

    [Fact]
    public void Steps_AfterTheFirstFew_AllocateAConstantFarBelowTheirBuffers()
    {
        var marks = new List<long>();
        Train(new ManagedBackend(), Steps, _ => marks.Add(GC.GetAllocatedBytesForCurrentThread()));
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

    /// <summary>Steps of gradient descent on a network [16, 32, 16] that imitates random answers.</summary>
    private static float[] Train(ManagedBackend backend, int steps, Action<int> afterStep)
    {
        using Tensor inputs = backend.Normal([64, 16], 1);
        using Tensor answers = backend.Uniform([64, 16], 2);
        Tensor[] weights = [backend.Normal([16, 32], 3), backend.Fill([32], 0), backend.Normal([32, 16], 4)];
        float[] losses = new float[steps];
        for (int step = 0; step < steps; step++)
        {
            using (var tape = new Tape(backend))
            {
                Variable[] parameters = Array.ConvertAll(weights, tape.Parameter);
                Variable hidden = (tape.Constant(inputs).MatrixMultiply(parameters[0]) + parameters[1]).LayerNormalize().Gelu();
                Variable error = hidden.MatrixMultiply(parameters[2]) - tape.Constant(answers);
                Variable loss = (error * error).Mean();
                losses[step] = loss.ToArray()[0];
                Variable[] gradients = tape.Gradients(loss, parameters);
                for (int i = 0; i < weights.Length; i++)
                {
                    Tensor updated = (parameters[i].Detach() - (gradients[i] * 0.5)).Keep();
                    weights[i].Dispose();
                    weights[i] = updated;
                }
            }

            afterStep(step);
        }

        Array.ForEach(weights, weight => weight.Dispose());
        return losses;
    }
}
