namespace NestedLearning.Tensors.Tests.Autodiff;

public sealed class CheckpointTests
{
    private const int Layers = 24;
    private readonly ManagedBackend _backend = new();

    [Fact]
    public void Gradients_WithACheckpointPerLayer_AreTheSameBits() => Assert.Equal(Run(every: 0), Run(every: 1));

    [Fact]
    public void Gradients_WithFewCheckpoints_DifferByTheOrderOfSumsOnly() => AssertClose(Run(every: 0), Run(every: 6));

    [Fact]
    public void Checkpoint_OfManyLayers_KeepsOnlyItsResults()
    {
        using var tape = new Tape(_backend);
        using Tensor weights = _backend.Normal([64, 64], 1);
        Variable w = tape.Parameter(weights);
        long before = _backend.Usage.BytesInUse;
        Variable result = tape.Checkpoint(inputs => Chain(inputs[0], inputs[1], Layers), w, w);
        Assert.Equal(before + (64 * 64 * sizeof(float)), _backend.Usage.BytesInUse);
        tape.Gradients(result.Sum(), [w]);
        Assert.InRange(_backend.Usage.BytesInUse, before, before + (4 * 64 * 64 * sizeof(float)));
    }

    [Fact]
    public void Checkpoint_InsideACheckpoint_GivesTheSameGradient()
    {
        using Tensor tensor = _backend.Normal([5, 5], 2);
        using var tape = new Tape(_backend);
        Variable x = tape.Parameter(tensor);
        Variable plain = Chain(x, x, 4);
        Variable nested = tape.Checkpoint(
            outer => Chain(outer[0].Tape.Checkpoint(inner => Chain(inner[0], inner[1], 2), outer[0], outer[1]), outer[1], 2), x, x);
        Assert.Equal(plain.ToArray(), nested.ToArray());
        AssertClose(tape.Gradients(plain.Sum(), [x])[0].ToArray(), tape.Gradients(nested.Sum(), [x])[0].ToArray());
    }

    [Fact]
    public void Checkpoint_Function_RunsAgainForTheGradientOnly()
    {
        int runs = 0;
        using Tensor tensor = _backend.Fill([], 2);
        using var tape = new Tape(_backend);
        Variable x = tape.Parameter(tensor);
        Variable y = tape.Checkpoint(
            inputs =>
            {
                runs++;
                return inputs[0] * inputs[1];
            },
            x,
            tape.Constant(tensor));
        Assert.Equal(1, runs);
        Assert.Equal([2f], tape.Gradients(y, [x])[0].ToArray());
        Assert.Equal(2, runs);
        Assert.False(tape.Checkpoint(inputs => inputs[0], tape.Constant(tensor)).NeedsGradient);
    }

    [Fact]
    public void Checkpoint_ThatUsesOtherVariables_IsRefused()
    {
        using Tensor tensor = _backend.Fill([], 2);
        using var tape = new Tape(_backend);
        Variable x = tape.Parameter(tensor);
        Assert.Throws<ArgumentException>(() => tape.Checkpoint(inputs => inputs[0] * x, x));
        Assert.Throws<ArgumentException>(() => tape.Checkpoint(_ => x, x));
    }

    private static Variable Chain(Variable x, Variable weights, int layers)
    {
        for (int layer = 0; layer < layers; layer++)
        {
            x = (x.MatrixMultiply(weights) * 0.25).Tanh();
        }

        return x;
    }

    private static void AssertClose(float[] expected, float[] actual)
    {
        float largest = expected.Max(Math.Abs);
        Assert.InRange(largest, 1e-3, 1e3);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-5 * largest));
    }

    private float[] Run(int every)
    {
        using Tensor inputs = _backend.Normal([8, 16], 3);
        using Tensor weights = _backend.Normal([16, 16], 4);
        using var tape = new Tape(_backend);
        Variable w = tape.Parameter(weights);
        Variable x = tape.Constant(inputs);
        for (int layer = 0; every > 0 && layer < Layers; layer += every)
        {
            x = tape.Checkpoint(parts => Chain(parts[0], parts[1], every), x, w);
        }

        x = every == 0 ? Chain(x, w, Layers) : x;
        return tape.Gradients((x * x).Sum(), [w])[0].ToArray();
    }
}
