using NestedLearning.Tensors;

namespace NestedLearning.Models.Tests.Sequences;

/// <summary>What holds for every kind of sequence model.</summary>
public class SequenceModelTests
{
    public static TheoryData<MixerKind> Kinds => SmallModels.Kinds;

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Gradients_OfEveryParameter_AreDifferences(MixerKind kind) => ModelGradients.AssertAreDifferences(SmallModels.Settings(kind));

    [Theory]
    [InlineData(MixerKind.SelfModifying)]
    [InlineData(MixerKind.GatedDelta)]
    public void Gradients_WithRatesUpTo2_AreDifferences(MixerKind kind) =>
        ModelGradients.AssertAreDifferences(SmallModels.Settings(kind) with { LargestWriteRate = 2 });

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Read_InPieces_IsReadingTheWhole(MixerKind kind) => AssertReadInPieces(SmallModels.Settings(kind));

    internal static void AssertReadInPieces(SequenceSettings settings)
    {
        using SequenceModel model = SmallModels.Create(new ManagedBackend(), settings);
        int[] tokens = SmallModels.Tokens(2 * 17);
        float[] whole = SmallModels.Logits(model, tokens, 2);

        foreach (int[] pieces in new[] { new[] { 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1 }, [4, 7, 1, 5], [3, 3, 11], [16, 1] })
        {
            SmallModels.AssertClose(whole, ReadInPieces(model, tokens, pieces, isSaved: pieces.Length == 4), 1e-5);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Read_LaterTokens_ChangeNothingBefore(MixerKind kind)
    {
        using SequenceModel model = SmallModels.Create(new ManagedBackend(), SmallModels.Settings(kind));
        int[] tokens = SmallModels.Tokens(11);
        int[] other = [.. tokens[..6], .. SmallModels.Tokens(5, seed: 9)];
        Assert.NotEqual(tokens, other);
        SmallModels.AssertClose(SmallModels.Logits(model, tokens, 1)[..(6 * SmallModels.Vocabulary)], SmallModels.Logits(model, other, 1)[..(6 * SmallModels.Vocabulary)], 1e-6);
    }

    [Theory]
    [InlineData(MixerKind.SelfModifying)]
    [InlineData(MixerKind.Delta)]
    [InlineData(MixerKind.LinearAttention)]
    public void State_OfALongStream_HasTheSizeOfAShortOne(MixerKind kind)
    {
        using SequenceModel model = SmallModels.Create(new ManagedBackend(), SmallModels.Settings(kind));
        Assert.Equal(SizeAfter(5), SizeAfter(300));

        long SizeAfter(int tokens)
        {
            using Tape tape = new(model.Backend);
            using StreamState state = model.Read(tape, SmallModels.Tokens(tokens), 1).Keep();
            return state.Blocks.Sum(block => block.Sum(tensor => (long)tensor.Shape.ElementCount));
        }
    }

    [Fact]
    public void Attention_BeyondItsLength_SeesNothing()
    {
        // Two blocks see two lengths back, and no convolution looks further.
        SequenceSettings settings = SmallModels.Settings(MixerKind.Attention) with { AttentionLength = 4, ConvolutionTaps = 0 };
        using SequenceModel model = SmallModels.Create(new ManagedBackend(), settings);
        int[] tokens = SmallModels.Tokens(12);
        int[] other = [(tokens[0] + 1) % SmallModels.Vocabulary, .. tokens[1..]];
        SmallModels.AssertClose(SmallModels.Logits(model, tokens, 1)[^SmallModels.Vocabulary..], SmallModels.Logits(model, other, 1)[^SmallModels.Vocabulary..], 1e-6);
        SmallModels.AssertClose(SmallModels.Logits(model, tokens, 1), ReadInPieces(model, tokens, [5, 1, 1, 5], isSaved: false, streams: 1), 1e-5);
    }

    [Fact]
    public void Parameters_OfHope_AreGroupedByTheirPeriods()
    {
        using SequenceModel model = new(new ManagedBackend(), SmallModels.Settings(MixerKind.SelfModifying));
        Assert.Equal([1, 8, 32], model.Periods);
        Assert.Equal([1, 2, 3], model.Parameters.Select(group => group.Level));
        Assert.Equal(["block0/cms/1/norm", "block0/cms/1/up", "block0/cms/1/down", "block1/cms/1/norm", "block1/cms/1/up", "block1/cms/1/down"], model.Parameters[1].Select(parameter => parameter.Name));
    }

    [Theory]
    [InlineData(MixerKind.SelfModifying, 784_000)]
    [InlineData(MixerKind.Attention, 804_000)]
    public void Parameters_AtTheSizeOfTheStudy_AreAsMany(MixerKind kind, int expected)
    {
        SequenceSettings settings = kind == MixerKind.Attention ? SequenceSettings.Transformer(65) : new SequenceSettings(65);
        using SequenceModel model = new(new ManagedBackend(), settings);
        Assert.InRange(model.Parameters.Sum(group => group.ElementCount), expected * 0.98, expected * 1.02);
    }

    [Fact]
    public void Read_WhatDoesNotFit_IsRefused()
    {
        using SequenceModel model = new(new ManagedBackend(), SmallModels.Settings(MixerKind.Delta));
        using Tape tape = new(model.Backend);
        Assert.Throws<ArgumentOutOfRangeException>(() => model.Read(tape, new[] { 1, 7 }, 1));
        Assert.Throws<ArgumentException>(() => model.Read(tape, new[] { 1, 2, 3 }, 2));
        using StreamState state = model.Read(tape, new[] { 1, 2 }, 2).Keep();
        Assert.Throws<ArgumentException>(() => model.Read(tape, new[] { 1 }, 1, state));
    }

    [Fact]
    public void Validate_EverySettingOutOfRange_NamesThemAll()
    {
        SequenceSettings settings = new(1)
        {
            Mixer = (MixerKind)99,
            Width = 12,
            Blocks = 0,
            Heads = 5,
            ConvolutionTaps = -1,
            ChunkLength = 0,
            LargestWriteRate = 2.5,
            AttentionLength = 0,
            Hidden = 0,
            Periods = [8, 1],
        };
        InvalidSpecException error = Assert.Throws<InvalidSpecException>(settings.Validate);
        Assert.Equal(10, error.Violations.Count);
        Assert.Contains("Periods is 8, 1, accepted: up to 16 of 1 to 1000000, rising", error.Violations);
    }

    private static float[] ReadInPieces(SequenceModel model, int[] tokens, int[] pieces, bool isSaved, int streams = 2)
    {
        int time = tokens.Length / streams;
        float[] logits = new float[tokens.Length * SmallModels.Vocabulary];
        StreamState? state = null;
        int done = 0;
        foreach (int piece in pieces)
        {
            using Tape tape = new(model.Backend);
            int[] next = [.. Enumerable.Range(0, streams).SelectMany(stream => tokens[((stream * time) + done)..((stream * time) + done + piece)])];
            SequencePass pass = model.Read(tape, next, streams, state);
            float[] read = pass.Logits.ToArray();
            for (int stream = 0; stream < streams; stream++)
            {
                Array.Copy(read, stream * piece * SmallModels.Vocabulary, logits, ((stream * time) + done) * SmallModels.Vocabulary, piece * SmallModels.Vocabulary);
            }

            StreamState kept = isSaved ? StreamState.Load(model.Backend, pass.Keep().Save()) : pass.Keep();
            state?.Dispose();
            state = kept;
            done += piece;
        }

        state?.Dispose();
        return logits;
    }
}
