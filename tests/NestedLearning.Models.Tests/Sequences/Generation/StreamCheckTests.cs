using NestedLearning.Tensors;

namespace NestedLearning.Models.Tests.Sequences.Generation;

/// <summary>States of streams that come from outside.</summary>
public sealed class StreamCheckTests
{
    private static readonly CharacterTokenizer Letters = new("abcdefg");
    private static readonly GenerationOptions Options = new() { MaxTokens = 5 };

    public static TheoryData<MixerKind> Kinds => SmallModels.Kinds;

    /// <summary>What somebody changes of a state that the model has saved.</summary>
    public static TheoryData<string, NamedTensor?> Changes => new()
    {
        { "stream", null },
        { "stream", new IntegerTensor("stream", Array.Empty<long>()) },
        { "stream", new IntegerTensor("stream", new[] { 2L, 7, 2 }) },
        { "stream", new IntegerTensor("stream", new[] { 1L, -1, 2 }) },
        { "stream", new IntegerTensor("stream", new[] { 1L, 7, 1_000_000_000 }) },
        { "stream", new IntegerTensor("stream", new[] { 1L, 7, 2, 2, 2, 2 }) },
        { "stream/0/0", null },
        { "stream/0/0", new DenseTensor("stream/0/0", [1, 2], new float[2]) },
        { "stream/0/0", new IntegerTensor("stream/0/0", new[] { 1L }) },
        { "generator/unread", new IntegerTensor("generator/unread", Array.Empty<long>()) },
        { "generator/unread", new IntegerTensor("generator/unread", new[] { 7L }) },
        { "generator/unread", new IntegerTensor("generator/unread", new[] { -1L }) },
        { "generator/unread", new IntegerTensor("generator/unread", new[] { 1L << 32 }) },
        { "generator/begun", new BytesTensor("generator/begun", new byte[4]) },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void Load_WhatTheModelHasNotSaved_IsRefused(string name, NamedTensor? instead)
    {
        using SequenceModel model = SmallModels.Create(new ManagedBackend(1), SmallModels.Settings(MixerKind.SelfModifying));
        TensorSet changed = [.. Saved(model).Where(tensor => tensor.Name != name)];
        if (instead is not null)
        {
            changed.Add(instead);
        }

        Exception? error = Record.Exception(() => TextGenerator.Load(model, Letters, changed));

        Assert.True(error is InvalidStreamException or TensorMissingException, $"{error}");
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Load_ValueThatIsNoNumber_IsRefused(MixerKind kind)
    {
        using SequenceModel model = SmallModels.Create(new ManagedBackend(1), SmallModels.Settings(kind));
        TensorSet saved = Saved(model);
        DenseTensor part = saved.OfType<DenseTensor>().First(tensor => tensor.Values.Length > 0);
        float[] values = part.Values.ToArray();
        values[^1] = float.NaN;
        TensorSet changed = [.. saved.Select(tensor => tensor == part ? part with { Values = values } : tensor)];

        Assert.Throws<InvalidStreamException>(() => TextGenerator.Load(model, Letters, changed));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Load_StateOfAnotherKindOfModel_IsRefused(MixerKind kind)
    {
        using SequenceModel model = SmallModels.Create(new ManagedBackend(1), SmallModels.Settings(kind));
        using SequenceModel wider = SmallModels.Create(new ManagedBackend(1), SmallModels.Settings(kind) with { Width = 2 * model.Settings.Width });

        Assert.Throws<InvalidStreamException>(() => TextGenerator.Load(model, Letters, Saved(wider)));
    }

    private static TensorSet Saved(SequenceModel model)
    {
        using TextGenerator generator = new(model, Letters);
        Assert.Equal(5, generator.Generate("bad", Options).Count());
        return generator.Save();
    }
}
