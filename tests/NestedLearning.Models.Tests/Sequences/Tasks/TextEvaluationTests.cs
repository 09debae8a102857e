using NestedLearning.Tensors;

namespace NestedLearning.Models.Tests.Sequences.Tasks;

public class TextEvaluationTests
{
    private static readonly CharacterTokenizer Letters = new("abcdéfg");

    public static TheoryData<MixerKind> Kinds => SmallModels.Kinds;

    [Theory]
    [MemberData(nameof(Kinds))]
    public void AsStream_AnyChunk_IsTheLossOfTheWhole(MixerKind kind)
    {
        using SequenceModel model = SmallModels.Create(new ManagedBackend(), SmallModels.Settings(kind));
        int[] tokens = SmallModels.Tokens(50);
        double expected = Loss(model, tokens) * 49;
        Assert.Equal(expected, TextEvaluation.AsStream(model, Letters, tokens).Nats, 1e-3);
        Assert.Equal(expected, TextEvaluation.AsStream(model, Letters, tokens, chunk: 7).Nats, 1e-3);
        Assert.Equal(expected, TextEvaluation.InWindows(model, Letters, tokens, window: 100).Nats, 1e-3);
    }

    [Fact]
    public void InWindows_EachWindow_BeginsAnew()
    {
        using SequenceModel model = SmallModels.Create(new ManagedBackend(), SmallModels.Settings(MixerKind.Delta));
        int[] tokens = SmallModels.Tokens(24);
        double expected = (Loss(model, tokens[..11]) * 10) + (Loss(model, tokens[10..21]) * 10) + (Loss(model, tokens[20..]) * 3);
        TextScore score = TextEvaluation.InWindows(model, Letters, tokens, window: 10);
        Assert.Equal(expected, score.Nats, 1e-3);
        Assert.Equal(23, score.Tokens);
    }

    [Fact]
    public void Score_OfOneWhoKnowsNothing_IsTheVocabulary()
    {
        // A model whose last norm is 0 expects every token alike.
        using SequenceModel model = new(new ManagedBackend(), SmallModels.Settings(MixerKind.Delta));
        TensorSet values = [.. model.Parameters.Save().Cast<DenseTensor>().Select(tensor => tensor.Name == "norm" ? tensor with { Values = new float[8] } : tensor)];
        model.Parameters.Load(values);

        TextScore score = TextEvaluation.AsStream(model, Letters, Letters.Encode("aéaé"));
        Assert.Equal(7, score.Perplexity, 1e-4);
        Assert.Equal(Math.Log(7), score.Loss, 1e-5);

        // Three letters of 2, 1 and 2 bytes are expected.
        Assert.Equal(5, score.Bytes);
        Assert.Equal(3 * Math.Log2(7) / 5, score.BitsPerByte, 1e-5);
    }

    [Fact]
    public void Score_OfTooFewTokens_IsRefused()
    {
        using SequenceModel model = SmallModels.Create(new ManagedBackend(), SmallModels.Settings(MixerKind.Delta));
        Assert.Throws<ArgumentOutOfRangeException>(() => TextEvaluation.AsStream(model, Letters, new int[1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => TextEvaluation.InWindows(model, Letters, new int[2], window: 0));
    }

    private static double Loss(SequenceModel model, int[] tokens)
    {
        using Tape tape = new(model.Backend);
        return CrossEntropy.Mean(model.Read(tape, tokens.AsMemory(..^1), 1).Logits, tokens.AsMemory(1)).ToArray()[0];
    }
}
