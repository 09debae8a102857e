using System.Text.Json;
using System.Text.Json.Serialization;
using NestedLearning.Cli.Evaluating;
using NestedLearning.Cli.Rendering;
using NestedLearning.Cli.Training.Sequences;
using Spectre.Console;

namespace NestedLearning.Cli.Demonstrating;

/// <summary>What a model wrote.</summary>
/// <param name="Prompt">What it was given.</param>
/// <param name="Text">How it went on.</param>
internal sealed record HopeDemoSample(string Prompt, string Text);

/// <summary>The result of <c>nl demo --hope</c>.</summary>
/// <param name="Language">What was learned over the tiers.</param>
/// <param name="Hope">How, by workers.</param>
/// <param name="Transformer">The same text, steps and windows by a Transformer alone.</param>
/// <param name="Sample">What Hope wrote then.</param>
internal sealed record HopeDemoReport(string Language, SequenceReport Hope, SequenceReport Transformer, HopeDemoSample Sample)
{
    /// <summary>What was made of languages one after the other; null until then.</summary>
    public LanguagesReport? Languages { get; init; }

    /// <summary>How long everything took.</summary>
    public double Seconds { get; init; }

    public string ToJson() => JsonSerializer.Serialize(this, HopeDemoJson.Default.HopeDemoReport);

    /// <summary>Writes what came of the first part: levels, losses, and some text.</summary>
    public void WriteTiers(IAnsiConsole console)
    {
        console.Write(Levels());
        console.Write(Losses());
        Grid sample = new();
        sample.AddColumns(2);
        sample.AddRow(new Text("Hope was given:"), new Text(Printable(Sample.Prompt)));
        sample.AddRow(new Text("and went on:"), new Text(Printable(Sample.Text), new Style(Color.Green)));
        console.Write(sample);
    }

    /// <summary>Writes what came of the second part.</summary>
    public void WriteLanguages(IAnsiConsole console)
    {
        Languages!.Write(console);
        console.WriteLine(
            "Forgetting: how much more a language costs in the end than at its best. plain: one model for all. tenants: each language has the fast levels to itself, over shared slow ones.");
        console.WriteLine($"Everything took {Figures.Duration(TimeSpan.FromSeconds(Seconds))}.");
    }

    private Table Levels()
    {
        Table table = Titled($"Levels, bytes of all {Hope.Workers} workers", "Period", "Parameters", "Version", "Up", "Down");
        foreach (SequenceLevel level in Hope.Levels)
        {
            table.AddRow(
                Figures.Count(level.Period), Figures.Count(level.Parameters), Figures.Count(level.Version), Figures.Bytes(level.BytesUp), Figures.Bytes(level.BytesDown));
        }

        return table;
    }

    private Table Losses()
    {
        Table table = Titled($"'{Language}', {Figures.Count(Hope.Tokens)} bytes learned", "Model", "Parameters", "Bits a byte", "Bytes a second");
        foreach ((string name, SequenceReport report) in new[] { ($"hope, {Hope.Workers} workers", Hope), ("transformer, alone", Transformer) })
        {
            table.AddRow(
                name,
                Figures.Count(report.Parameters),
                FormattableString.Invariant($"{report.BitsPerByte:F3}"),
                FormattableString.Invariant($"{report.TokensPerSecond:N0}"));
        }

        return table;
    }

    private static Table Titled(string title, params string[] columns)
    {
        Table table = new() { Border = TableBorder.Simple, Title = new TableTitle(Markup.Escape(title)) };
        return table.AddColumns([.. columns.Select(column => new TableColumn(column).RightAligned())]);
    }

    /// <summary>A model of bytes may write what moves a cursor, or no character at all.</summary>
    private static string Printable(string text) =>
        string.Concat(text.Select(letter => letter == '\n' ? Environment.NewLine : char.IsControl(letter) || letter == '\uFFFD' ? "·" : letter.ToString()));
}

[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(HopeDemoReport))]
internal sealed partial class HopeDemoJson : JsonSerializerContext;
