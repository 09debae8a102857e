using NestedLearning.Tensors;

namespace NestedLearning.Models.Tests.Sequences.Classification;

public sealed class TextEncoderTests
{
    private static readonly string[] Texts = ["a cat", "some dogs", "b dog", "", "a much longer text than the others"];

    [Theory]
    [InlineData(MixerKind.SelfModifying, 1)]
    [InlineData(MixerKind.Titans, 1)]
    [InlineData(MixerKind.GatedDelta, 0)]
    [InlineData(MixerKind.LinearAttention, 0)]
    public void Encode_Memories_AreTheStateOfAStreamThatReadTheTextAlone(MixerKind mixer, int part)
    {
        using SequenceModel model = Model(mixer);
        TextEncoder encoder = new(model, new ByteTokenizer(), TextKey.Memories);

        IReadOnlyList<SparseVector> keys = encoder.Encode(Texts);

        Assert.Equal(2 * 8 * 8 / 2, encoder.Features);
        for (int i = 0; i < Texts.Length; i++)
        {
            int[] tokens = new ByteTokenizer().Encode(Texts[i]);
            using SequenceStream stream = new(model);
            foreach (int token in tokens)
            {
                stream.Read(new[] { token }, _ => 0);
            }

            AssertIsUnit(stream.State is null ? [] : [.. stream.State.Blocks.SelectMany(block => Values(model, block[part]))], keys[i]);
        }
    }

    [Fact]
    public void Encode_Hidden_IsTheMeanTheLargestAndTheLast()
    {
        using SequenceModel model = Model(MixerKind.Attention);
        TextEncoder encoder = new(model, new ByteTokenizer(), TextKey.Hidden);
        SparseVector key = encoder.Encode(["four"])[0];
        using Tape tape = new(model.Backend);
        float[][] hidden = [.. model.Read(tape, new ByteTokenizer().Encode("four"), 1).Hidden.ToArray().Chunk(8)];
        AssertIsUnit(
            [
                .. Enumerable.Range(0, 8).Select(i => hidden.Average(token => token[i])),
                .. Enumerable.Range(0, 8).Select(i => hidden.Max(token => token[i])),
                .. hidden[^1],
            ],
            key);
    }

    [Fact]
    public void Encode_TextsTogether_AreEncodedAsEachAloneAndReported()
    {
        using SequenceModel model = Model(MixerKind.SelfModifying);
        TextEncoder encoder = new(model, new ByteTokenizer(), TextKey.Memories);
        List<int> reports = [];
        IReadOnlyList<SparseVector> together = encoder.Encode(Texts, reports.Add);
        Assert.Equal(4, reports[^1]);
        Assert.Equal(0, together[3].Count);
        for (int i = 0; i < Texts.Length; i++)
        {
            SmallModels.AssertClose(encoder.Encode([Texts[i]])[0].Values.ToArray(), together[i].Values.ToArray(), 1e-6);
        }
    }

    [Fact]
    public void Create_MemoriesOfSoftmaxAttention_AreRefused()
    {
        using SequenceModel model = Model(MixerKind.Attention);
        InvalidSpecException error = Assert.Throws<InvalidSpecException>(() => new TextEncoder(model, new ByteTokenizer(), TextKey.Memories));
        Assert.Contains("Mixer is Attention and Memory is Matrix", error.Message, StringComparison.Ordinal);
    }

    private static SequenceModel Model(MixerKind mixer) =>
        SmallModels.Create(new ManagedBackend(), SmallModels.Settings(mixer) with { Vocabulary = 256 });

    private static float[] Values(SequenceModel model, Tensor tensor)
    {
        using Tape tape = new(model.Backend);
        return tape.Constant(tensor).ToArray();
    }

    private static void AssertIsUnit(float[] expected, SparseVector key)
    {
        double norm = Math.Sqrt(expected.Sum(value => (double)value * value));
        Assert.Equal(Enumerable.Range(0, expected.Length).Select(i => (ushort)i), key.Indices.ToArray());
        SmallModels.AssertClose(Array.ConvertAll(expected, value => (float)(value / norm)), key.Values.ToArray(), 1e-5);
    }
}
