using System.Buffers;
using FsCheck;
using FsCheck.Fluent;
using NestedLearning.Tensors;

namespace NestedLearning.Models.Tests.Data;

public class EventReaderTests
{
    [Fact]
    public void NextAsync_WhatWriterWrote_IsTheSame() => Prop.ForAll(Gen.ListOf(Events()).ToArbitrary(), Same).QuickCheckThrowOnFailure();

    [Fact]
    public async Task NextAsync_BlankLinesBetween_CountsThem()
    {
        using EventReader reader = Open("\n\n" + """{"sequence":7,"text":"a","label":"x","more":[1]}""" + "\n");

        Assert.Equal(new NumberedEvent(3, new LearningEvent(7, new TextInput("a"), "x")), await reader.NextAsync(default));
        Assert.Null(await reader.NextAsync(default));
    }

    [Fact]
    public async Task NextAsync_RefusedField_NamesLineAndField()
    {
        using EventReader reader = Open("""{"sequence":-1,"text":"a","label":"x"}""");

        DataException error = await Assert.ThrowsAsync<DataException>(async () => await reader.NextAsync(default));

        Assert.Equal((1L, "sequence", "'sequence' is -1; accepted are whole numbers from 1"), (error.Line, error.Field, error.Problem));
    }

    [Fact]
    public async Task NextAsync_NumberThatIsNotFinite_NamesTheFeature()
    {
        ArrayBufferWriter<byte> bytes = new();
        EventWriter.WriteLine(bytes, new LearningEvent(1, new FeatureInput(new SparseVector(new ushort[] { 3 }, new[] { float.NaN })), "x"));
        using EventReader reader = new(new MemoryStream(bytes.WrittenSpan.ToArray()), "body", new ReadingLimits());

        DataException error = await Assert.ThrowsAsync<DataException>(async () => await reader.NextAsync(default));

        Assert.Equal("body:1: feature 3 of 'features' is NaN; accepted are finite float32 numbers", error.Message);
    }

    [Fact]
    public void InputList_WhatWriterWrote_IsTheSame()
    {
        ModelInput[] inputs = [new TextInput("ä \"quoted\"\n"), new FeatureInput(new SparseVector(new ushort[] { 0, 65_535 }, new[] { 1f, -0.1f }))];
        ArrayBufferWriter<byte> bytes = new();
        EventWriter.WriteInputs(bytes, inputs);

        IReadOnlyList<ModelInput> read = InputListReader.Read(bytes.WrittenSpan, 2, new ReadingLimits());

        Assert.Equal(inputs.Select(Describe), read.Select(Describe));
    }

    private static EventReader Open(string content) => new(Reading.Bytes(content), "body", new ReadingLimits());

    private static bool Same(IList<LearningEvent> events)
    {
        ArrayBufferWriter<byte> bytes = new();
        foreach (LearningEvent next in events)
        {
            EventWriter.WriteLine(bytes, next);
        }

        using EventReader reader = new(new MemoryStream(bytes.WrittenSpan.ToArray()), "body", new ReadingLimits());
        return events.Select((next, i) => (i + 1L, Describe(next))).SequenceEqual(All(reader));
    }

    private static IEnumerable<(long, string)> All(EventReader reader)
    {
        while (reader.NextAsync(default).AsTask().GetAwaiter().GetResult() is { } next)
        {
            yield return (next.Line, Describe(next.Event));
        }
    }

    private static string Describe(LearningEvent next) => $"{next.Sequence} {next.Label} {Describe(next.Input)}";

    private static string Describe(ModelInput input) => input is FeatureInput features
        ? string.Join(' ', features.Features.Indices.ToArray()) + ":" + string.Join(' ', features.Features.Values.ToArray())
        : ((TextInput)input).Text;

    private static Gen<LearningEvent> Events() =>
        from sequence in Gen.Choose(1, int.MaxValue)
        from words in Gen.NonEmptyListOf(Gen.Elements("a", "ä\u00a0", "\"", "\\", "日本", "\t", "\n", "😀"))
        from isText in Gen.Elements(true, false)
        from index in Gen.Choose(0, 65_535)
        from value in Gen.Elements(1f, -0.1f, float.Epsilon, float.MaxValue, 1 / 3f)
        select new LearningEvent(
            sequence,
            isText ? new TextInput("w" + string.Concat(words)) : new FeatureInput(new SparseVector(new[] { (ushort)index }, new[] { value })),
            "l" + words[0]);
}
