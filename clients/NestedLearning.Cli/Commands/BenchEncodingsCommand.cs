using System.CommandLine;
using NestedLearning.Cli.Benchmarks;
using NestedLearning.Cli.Rendering;
using NestedLearning.Tensors;
using NestedLearning.Tiers;
using Spectre.Console;

namespace NestedLearning.Cli.Commands;

/// <summary><c>nl bench encodings</c>.</summary>
internal sealed class BenchEncodingsCommand
{
    private const string About = """
        Frames of a million float32 values on one thread, checksum included. GB/s count
        the values' own bytes. Top-k keeps 64 of each 4,096 values.
        """;

    private readonly OutputOptions _output = new();
    private readonly CommandContext _context;

    private BenchEncodingsCommand(CommandContext context) => _context = context;

    public static Command Create(CommandContext context)
    {
        BenchEncodingsCommand self = new(context);
        DocumentedCommand command = new(
            "encodings",
            "Measure how fast updates are written and read beside copying them, in the same run.",
            new HelpNotes(About, ["nl bench encodings", "nl bench encodings --json encodings.json"]));
        self._output.AddTo(command, withPlot: false);
        command.SetAction(self.ExecuteAsync);
        return command;
    }

    private async Task<int> ExecuteAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        _output.Check(parsed);
        Table table = new() { Border = TableBorder.Simple, Title = new TableTitle(SimdLevel.Description) };
        table.AddColumns(
            new TableColumn("Encoding"),
            new TableColumn("Size %").RightAligned(),
            new TableColumn("Encode GB/s").RightAligned(),
            new TableColumn("Decode GB/s").RightAligned(),
            new TableColumn("Copy GB/s").RightAligned(),
            new TableColumn("Allocated bytes").RightAligned());
        List<EncodingSpeed> speeds = [];
        foreach ((TensorEncoding encoding, int kept) in EncodingBenchmark.Encodings)
        {
            EncodingSpeed speed = EncodingBenchmark.Measure(encoding, kept, cancellationToken);
            speeds.Add(speed);
            table.AddRow($"{encoding}", Figures.Percent(speed.SizeShare), $"{speed.Encode:F2}", $"{speed.Decode:F2}", $"{speed.Copy:F2}", $"{speed.AllocatedBytes}");
        }

        _context.Console.Write(table);
        if (_output.Json(parsed) is { } json)
        {
            await File.WriteAllTextAsync(json.FullName, new EncodingReport(SimdLevel.Description, speeds).ToJson() + "\n", cancellationToken);
        }

        return ExitCode.Success;
    }
}
