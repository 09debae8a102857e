using System.Globalization;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;

namespace NestedLearning.Models.Tests.Data;

/// <summary>What an independent writer writes comes back as it was.</summary>
public class RoundTripTests
{
    [Fact]
    public void ReadAsync_WhatJsonSerializerWrote_GivesItBack() => Prop.ForAll(Arb.From(Examples()), expected =>
    {
        string content = string.Concat(expected.Select(example => Json(example) + "\n"));

        List<NumberedExample> actual = Reading.Json(content).GetAwaiter().GetResult();

        Assert.Equal(expected.Select(Describe), actual.Select(line => Describe(line.Example)));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void ReadAsync_WhatIsQuotedAsCsv_GivesItBack() => Prop.ForAll(Arb.From(Examples()), expected =>
    {
        string content = "task,label,text,features,split\r\n" + string.Concat(expected.Select(example => Csv(example) + "\r\n"));

        List<NumberedExample> actual = Reading.Csv(content).GetAwaiter().GetResult();

        Assert.Equal(expected.Select(Describe), actual.Select(line => Describe(line.Example)));
    }).QuickCheckThrowOnFailure();

    private static Gen<Example[]> Examples() =>
        (from input in Gen.OneOf(Words().Select(text => (ModelInput)new TextInput(text)), Features())
         from label in Words()
         from task in Words()
         from isTest in Gen.Elements(true, false)
         select new Example(input, label, task, isTest)).NonEmptyListOf().Select(list => list.ToArray());

    /// <summary>Text without a lone CR or CRLF, which CSV turns into LF, and with something to see.</summary>
    private static Gen<string> Words() =>
        from pieces in Gen.ArrayOf(Gen.Elements("a", " ", ",", "\"", "\n", "\t", "{", "\\", "é", "語", "😀", "\u2028", "null", "1e5"))
        select "." + string.Concat(pieces);

    private static Gen<ModelInput> Features() =>
        from values in Gen.ArrayOf(Gen.Choose(-50, 50))
        let entries = values.Index().Where(entry => entry.Item != 0).ToArray()
        select (ModelInput)new FeatureInput(new(
            entries.Select(entry => (ushort)(entry.Index * 3)).ToArray(), entries.Select(entry => entry.Item / 7f).ToArray()));

    private static string Json(Example example) => JsonSerializer.Serialize(new Dictionary<string, object>
    {
        ["label"] = example.Label,
        [example.Input is TextInput ? "text" : "features"] = example.Input is TextInput input
            ? input.Text
            : Entries((FeatureInput)example.Input),
        ["split"] = example.IsTest ? "test" : "train",
        ["task"] = example.Task,
    });

    private static string Csv(Example example)
    {
        string features = example.Input is FeatureInput input ? JsonSerializer.Serialize(Entries(input)) : "";
        string[] fields = [example.Task, example.Label, (example.Input as TextInput)?.Text ?? "", features, example.IsTest ? "test" : "train"];
        return string.Join(',', fields.Select(field => $"\"{field.Replace("\"", "\"\"")}\""));
    }

    private static Dictionary<string, float> Entries(FeatureInput input) => Enumerable.Range(0, input.Features.Count).ToDictionary(
        i => input.Features.Indices.Span[i].ToString(CultureInfo.InvariantCulture), i => input.Features.Values.Span[i]);

    private static string Describe(Example example)
    {
        StringBuilder text = new($"{example.Label}|{example.Task}|{example.IsTest}|");
        return example.Input is FeatureInput input
            ? text.AppendJoin(';', Entries(input)).ToString()
            : text.Append(((TextInput)example.Input).Text).ToString();
    }
}
