using System.Text;
using NestedLearning.Tensors;

namespace NestedLearning.Models.Tests.Sequences.Generation;

public class TextGeneratorTests
{
    private static readonly CharacterTokenizer Letters = new("abcdefg");
    private static readonly GenerationOptions Options = new() { Temperature = 1, MaxTokens = 40, Seed = 5 };

    public static TheoryData<MixerKind> Kinds => SmallModels.Kinds;

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Generate_Greedy_IsTheLikeliestOfTheWholeText(MixerKind kind)
    {
        using SequenceModel model = Model(kind);
        using TextGenerator generator = new(model, Letters);
        string text = "abc" + string.Concat(generator.Generate("abc", Options with { Temperature = 0 }));

        Assert.Equal(43, text.Length);
        Assert.Equal(43, generator.Position);
        float[] logits = SmallModels.Logits(model, Letters.Encode(text), 1);
        for (int i = 3; i < text.Length; i++)
        {
            float[] before = logits[((i - 1) * SmallModels.Vocabulary)..(i * SmallModels.Vocabulary)];

            // The whole and its pieces differ by their rounding, so that of near equals either may be taken.
            Assert.InRange(before[Letters.Encode(text)[i]], before.Max() - 1e-4f, before.Max());
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Generate_AfterSaveAndLoad_GoesOnAsWithout(MixerKind kind)
    {
        using SequenceModel model = Model(kind);
        using TextGenerator whole = new(model, Letters);
        string expected = string.Concat(whole.Generate("bad", Options));

        using TextGenerator first = new(model, Letters);
        string actual = string.Concat(first.Generate("bad", Options with { MaxTokens = 15 }));
        using TextGenerator second = TextGenerator.Load(model, Letters, first.Save());
        actual += string.Concat(second.Generate("", Options with { MaxTokens = 25 }));

        Assert.Equal(expected, actual);
        Assert.Equal(whole.Position, second.Position);
    }

    [Fact]
    public void Generate_OtherSeed_IsAnotherText()
    {
        using SequenceModel model = Model(MixerKind.Delta);
        Assert.Equal(From(model, Options), From(model, Options));
        Assert.NotEqual(From(model, Options), From(model, Options with { Seed = 6 }));
    }

    [Fact]
    public void Generate_PromptOfManyChunks_IsReadAsAWhole()
    {
        using SequenceModel model = Model(MixerKind.SelfModifying);
        string prompt = ((ITokenizer)Letters).Decode(SmallModels.Tokens(600));
        using TextGenerator generator = new(model, Letters);
        string next = generator.Generate(prompt, Options with { Temperature = 0, MaxTokens = 1 }).Single();
        float[] last = SmallModels.Logits(model, Letters.Encode(prompt), 1)[^SmallModels.Vocabulary..];
        Assert.InRange(last[Letters.Encode(next)[0]], last.Max() - 1e-4f, last.Max());
    }

    [Fact]
    public void Generate_UntilStopText_EndsBeforeIt()
    {
        using SequenceModel model = Model(MixerKind.Delta);
        string whole = From(model, Options);
        string stop = whole[20..23];
        string expected = whole[..whole.IndexOf(stop, StringComparison.Ordinal)];
        Assert.Equal(expected, From(model, Options with { StopTexts = ["xyz", stop] }));
    }

    [Fact]
    public void Generate_UntilStopToken_EndsBeforeIt()
    {
        using SequenceModel model = Model(MixerKind.Delta);
        string whole = From(model, Options);
        Assert.Equal(whole[..whole.IndexOf('c', StringComparison.Ordinal)], From(model, Options with { StopTokens = Letters.Encode("c") }));
    }

    [Fact]
    public void Generate_CutWithinACharacter_GoesOnWithTheRestOfIt()
    {
        using SequenceModel model = Model(MixerKind.Delta);
        using TextGenerator whole = new(model, new Halves());
        string expected = string.Concat(whole.Generate("a", Options));
        Assert.Contains('é', expected);
        for (int cut = 1; cut < Options.MaxTokens; cut++)
        {
            using TextGenerator first = new(model, new Halves());
            string actual = string.Concat(first.Generate("a", Options with { MaxTokens = cut }));
            using TextGenerator second = TextGenerator.Load(model, new Halves(), first.Save());
            Assert.Equal(expected, actual + string.Concat(second.Generate("", Options with { MaxTokens = Options.MaxTokens - cut })));
        }
    }

    [Fact]
    public void Generate_CanceledAndGoneOn_IsTheSameText()
    {
        using SequenceModel model = Model(MixerKind.GatedDelta);
        using CancellationTokenSource source = new();
        using TextGenerator generator = new(model, Letters);
        string text = "";
        Assert.Throws<OperationCanceledException>(() =>
        {
            foreach (string piece in generator.Generate("a", Options, source.Token))
            {
                text += piece;
                if (text.Length == 10)
                {
                    source.Cancel();
                }
            }
        });
        Assert.Equal(From(model, Options), text + string.Concat(generator.Generate("", Options with { MaxTokens = 30 })));
    }

    [Fact]
    public void Generate_WhatDoesNotFit_IsRefusedBeforeTheFirstPiece()
    {
        using SequenceModel model = Model(MixerKind.Delta);
        using TextGenerator generator = new(model, Letters);
        Assert.Contains("prompt is empty", Assert.Throws<InvalidGenerationException>(() => generator.Generate("", Options)).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidGenerationException>(() => generator.Generate("a", Options with { Temperature = -1 }));
        Assert.Throws<UnknownCharacterException>(() => generator.Generate("x", Options));
        Assert.Throws<InvalidOperationException>(generator.Save);
        Assert.Contains("256 tokens", Assert.Throws<InvalidTokenizerException>(() => new TextGenerator(model, new ByteTokenizer())).Message, StringComparison.Ordinal);
    }

    private static SequenceModel Model(MixerKind kind) => SmallModels.Create(new ManagedBackend(), SmallModels.Settings(kind));

    private static string From(SequenceModel model, GenerationOptions options)
    {
        using TextGenerator generator = new(model, Letters);
        return string.Concat(generator.Generate("a", options));
    }

    /// <summary>Tokens of which the first two are the two bytes of a letter.</summary>
    private sealed class Halves : ITokenizer
    {
        private static readonly byte[] Bytes = [0xC3, 0xA9, .. "abcde"u8];

        public string Name => "halves";

        public int Vocabulary => Bytes.Length;

        public int[] Encode(string text) => [.. Encoding.UTF8.GetBytes(text).Select(value => Array.IndexOf(Bytes, value))];

        public ReadOnlySpan<byte> BytesOf(int token) => Bytes.AsSpan(token, 1);

        public TensorSet Save() => throw new NotSupportedException();
    }
}
