using System.CommandLine;
using NestedLearning.Cli.Benchmarks;
using NestedLearning.Cli.Rendering;
using NestedLearning.Tensors;
using Spectre.Console;

namespace NestedLearning.Cli.Commands;

/// <summary><c>nl bench gemm</c>.</summary>
internal sealed class BenchGemmCommand
{
    private readonly OutputOptions _output = new();
    private readonly CommandContext _context;
    private readonly Option<int> _threads = new("--threads") { Description = "Threads for a product, 1 to 64.", HelpName = "N", DefaultValueFactory = _ => 1 };

    private BenchGemmCommand(CommandContext context) => _context = context;

    public static Command Create(CommandContext context)
    {
        BenchGemmCommand self = new(context);
        DocumentedCommand command = new(
            "gemm",
            "Measure matrix products beside what the processor's registers allow, in the same run.",
            new HelpNotes("", ["nl bench gemm", "nl bench gemm --threads 2 --json gemm.json"]));
        command.Options.Add(self._threads);
        self._output.AddTo(command, withPlot: false);
        command.SetAction(self.ExecuteAsync);
        return command;
    }

    private async Task<int> ExecuteAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        int threads = NumberRange.Read(parsed, _threads, 1, 64);
        _output.Check(parsed);
        Table table = new() { Border = TableBorder.Simple, Title = new TableTitle($"{SimdLevel.Description}, threads: {threads}") };
        table.AddColumns(
            new TableColumn("Product"),
            new TableColumn("GFLOP/s").RightAligned(),
            new TableColumn("FMA peak").RightAligned(),
            new TableColumn("% of peak").RightAligned());
        List<GemmSpeed> products = [];
        foreach ((int M, int K, int N) shape in GemmBenchmark.Shapes)
        {
            GemmSpeed speed = GemmBenchmark.Measure(shape, threads, cancellationToken);
            products.Add(speed);
            table.AddRow(speed.Shape, $"{speed.Gflops:F1}", $"{speed.PeakGflops:F1}", Figures.Percent(speed.ShareOfPeak));
        }

        _context.Console.Write(table);
        if (_output.Json(parsed) is { } json)
        {
            await File.WriteAllTextAsync(json.FullName, new GemmReport(SimdLevel.Description, threads, products).ToJson() + "\n", cancellationToken);
        }

        return ExitCode.Success;
    }
}
