using NestedLearning.Tensors;

namespace NestedLearning.Models.Tests.Sequences;

/// <summary>Sequence models that are small enough for differences.</summary>
internal static class SmallModels
{
    public const int Vocabulary = 7;

    public static TheoryData<MixerKind> Kinds => [.. Enum.GetValues<MixerKind>()];

    public static SequenceSettings Settings(MixerKind mixer) => new(Vocabulary)
    {
        Mixer = mixer,
        Width = 8,
        Blocks = 2,
        Heads = 2,
        ChunkLength = 3,
        AttentionLength = 100,
        Hidden = 6,
    };

    /// <summary>A model whose maps are not small, so that everything in it matters.</summary>
    public static SequenceModel Create(ITensorBackend backend, SequenceSettings settings)
    {
        SequenceModel model = new(backend, settings, seed: 3);
        TensorSet values = [];
        foreach (DenseTensor tensor in model.Parameters.Save().Cast<DenseTensor>())
        {
            Random random = new(tensor.Name.Length + tensor.Values.Length);
            values.Add(tensor with { Values = Array.ConvertAll(tensor.Values.ToArray(), value => value + (random.NextSingle() * 0.6f) - 0.3f) });
        }

        model.Parameters.Load(values);
        return model;
    }

    public static int[] Tokens(int count, int seed = 1)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, count).Select(_ => random.Next(Vocabulary))];
    }

    /// <summary>The logits of a whole sequence.</summary>
    public static float[] Logits(SequenceModel model, int[] tokens, int streams)
    {
        using Tape tape = new(model.Backend);
        return model.Read(tape, tokens, streams).Logits.ToArray();
    }

    public static void AssertClose(IReadOnlyList<float> expected, IReadOnlyList<float> actual, double tolerance)
    {
        Assert.Equal(expected.Count, actual.Count);
        for (int i = 0; i < expected.Count; i++)
        {
            Assert.True(Math.Abs(expected[i] - actual[i]) <= tolerance * Math.Max(1, Math.Abs(expected[i])), $"element {i}: expected {expected[i]}, actual {actual[i]}");
        }
    }
}
