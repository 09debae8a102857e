using System.CommandLine;
using NestedLearning.Cli.Benchmarks;
using NestedLearning.Cli.Rendering;
using NestedLearning.Models;
using NestedLearning.Tensors;
using Spectre.Console;

namespace NestedLearning.Cli.Commands;

/// <summary><c>nl bench compute</c>.</summary>
internal sealed class BenchComputeCommand
{
    private const string About = """
        Times are the shortest of many short runs. Silos compare the managed backend
        with TorchSharp, also on GPUs: nl-silo bench.
        """;

    private readonly OutputOptions _output = new();
    private readonly CommandContext _context;
    private readonly Option<int> _threads = new("--threads") { Description = "Threads for an operation, 1 to 64.", HelpName = "N", DefaultValueFactory = _ => 1 };
    private readonly Option<string> _only = new("--only") { Description = "Measure what has this in its name.", HelpName = "TEXT", DefaultValueFactory = _ => "" };

    private BenchComputeCommand(CommandContext context) => _context = context;

    public static Command Create(CommandContext context)
    {
        BenchComputeCommand self = new(context);
        DocumentedCommand command = new(
            "compute",
            "Measure the operations and steps that learning spends its time on.",
            new HelpNotes(About, ["nl bench compute", "nl bench compute --threads 2 --only \"training step\""]));
        command.Options.Add(self._threads);
        command.Options.Add(self._only);
        self._output.AddTo(command, withPlot: false);
        command.SetAction(self.ExecuteAsync);
        return command;
    }

    private async Task<int> ExecuteAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        int threads = NumberRange.Read(parsed, _threads, 1, 64);
        string only = parsed.GetRequiredValue(_only);
        _output.Check(parsed);
        using Workloads workloads = new(new ManagedBackend(threads), WorkloadSizes.Processor);
        Workload[] chosen = [.. workloads.All.Where(workload => workload.Name.Contains(only, StringComparison.OrdinalIgnoreCase))];
        if (chosen.Length == 0)
        {
            throw new UsageException($"--only is '{only}'; accepted: a part of {string.Join("; ", workloads.All.Select(workload => workload.Name))}.");
        }

        ComputeTime[] times = [.. chosen.Select(workload => Measure(workload, threads, cancellationToken))];
        Show(times, threads);
        if (_output.Json(parsed) is { } json)
        {
            await File.WriteAllTextAsync(json.FullName, new ComputeReport(SimdLevel.Description, times).ToJson() + "\n", cancellationToken);
        }

        return ExitCode.Success;
    }

    private static ComputeTime Measure(Workload workload, int threads, CancellationToken cancellationToken)
    {
        TimeSpan time = Turns.Shortest([workload.Run], cancellationToken)[0];
        return new ComputeTime(workload.Name, threads, time.TotalMicroseconds, workload.Operations / time.TotalNanoseconds);
    }

    private void Show(IEnumerable<ComputeTime> times, int threads)
    {
        Table table = new() { Border = TableBorder.Simple, Title = new TableTitle($"{SimdLevel.Description}, threads: {threads}") };
        table.AddColumns(new TableColumn("Operation"), new TableColumn("Time in µs").RightAligned(), new TableColumn("GFLOP/s").RightAligned());
        foreach (ComputeTime time in times)
        {
            string speed = time.Gflops > 0 ? $"{time.Gflops:F1}" : Figures.None;
            table.AddRow(Markup.Escape(time.Operation), Figures.Count((long)time.Microseconds), speed);
        }

        _context.Console.Write(table);
    }
}
