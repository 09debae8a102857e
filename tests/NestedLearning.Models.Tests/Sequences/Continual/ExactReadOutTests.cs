using NestedLearning.Tensors;

namespace NestedLearning.Models.Tests.Sequences.Continual;

public class ExactReadOutTests
{
    [Fact]
    public void Solve_WindowsInAnyOrder_ReadsOutTheSame()
    {
        using SequenceModel model = Model();
        (ExactReadOut one, ExactReadOut other) = (new(model, 32, 1), new(model, 32, 1));
        foreach (int seed in new[] { 1, 2, 3 })
        {
            one.Add(Windows(seed));
            other.Add(Windows(4 - seed));
        }

        one.Solve();
        other.Solve();
        Assert.Equal(one.Nats(Windows(9)), other.Nats(Windows(9)), 1e-2);
    }

    [Fact]
    public void Nats_BeforeAndAfterAText_FallFromChance()
    {
        using SequenceModel model = Model();
        ExactReadOut readOut = new(model, 64, 1);
        TokenWindows windows = Windows(1);
        Assert.Equal(windows.Targets.Length * Math.Log(SmallModels.Vocabulary), readOut.Nats(windows), 1e-3);

        // What follows each token is the one after it.
        readOut.Add(windows);
        readOut.Solve();
        Assert.InRange(readOut.Nats(Windows(2)), 0, windows.Targets.Length * 0.7);
    }

    private static SequenceModel Model() => SmallModels.Create(new ManagedBackend(), SmallModels.Settings(MixerKind.GatedDelta));

    private static TokenWindows Windows(int seed)
    {
        int[] tokens = [.. SmallModels.Tokens(16, seed).SelectMany(first => Enumerable.Range(first, 12).Select(token => token % SmallModels.Vocabulary))];
        return new TokenWindows(tokens, Array.ConvertAll(tokens, token => (token + 1) % SmallModels.Vocabulary), 16);
    }
}
