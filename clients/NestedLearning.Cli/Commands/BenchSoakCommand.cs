using System.CommandLine;
using NestedLearning.Cli.Benchmarks;
using NestedLearning.Cli.Rendering;
using Spectre.Console;

namespace NestedLearning.Cli.Commands;

/// <summary><c>nl bench soak</c>.</summary>
internal sealed class BenchSoakCommand
{
    private const string About = """
        Trains a network and scans matrix memories, or Hope, without pause, and says ten
        times what the process holds. Ends with 1 if it grew by more than --allowed-growth after the
        first tenth.
        """;

    private readonly OutputOptions _output = new();
    private readonly CommandContext _context;
    private readonly Option<string> _duration = new("--for") { Description = "How long.", HelpName = "DURATION", DefaultValueFactory = _ => "1m" };
    private readonly Option<bool> _hope = new("--hope") { Description = "Train Hope of 784,128 parameters instead." };
    private readonly Option<int> _threads = new("--threads") { Description = "Threads for an operation, 1 to 64.", HelpName = "N", DefaultValueFactory = _ => 1 };
    private readonly Option<int> _allowed = new("--allowed-growth") { Description = "In MiB.", HelpName = "MIB", DefaultValueFactory = _ => 32 };

    private BenchSoakCommand(CommandContext context) => _context = context;

    public static Command Create(CommandContext context)
    {
        BenchSoakCommand self = new(context);
        DocumentedCommand command = new(
            "soak",
            "Train for a while and see whether memory grows.",
            new HelpNotes(About, ["nl bench soak", "nl bench soak --for 1h --json soak.json", "nl bench soak --hope"]));
        command.Options.Add(self._duration);
        command.Options.Add(self._hope);
        command.Options.Add(self._threads);
        command.Options.Add(self._allowed);
        self._output.AddTo(command, withPlot: false);
        command.SetAction(self.ExecuteAsync);
        return command;
    }

    private async Task<int> ExecuteAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        TimeSpan duration = DurationText.Parse("--for", parsed.GetRequiredValue(_duration));
        int threads = NumberRange.Read(parsed, _threads, 1, 64);
        int allowed = NumberRange.Read(parsed, _allowed, 0, 1 << 20);
        _output.Check(parsed);
        SoakReport report = parsed.GetValue(_hope)
            ? Soak.RunHope(duration, threads, Show, cancellationToken)
            : Soak.Run(duration, threads, Show, cancellationToken);
        _context.Console.WriteLine($"Grew by {Figures.Bytes(report.GrowthBytes)} after the first tenth.");
        if (_output.Json(parsed) is { } json)
        {
            await File.WriteAllTextAsync(json.FullName, report.ToJson() + "\n", cancellationToken);
        }

        return report.GrowthBytes <= (long)allowed << 20 ? ExitCode.Success : ExitCode.Failed;
    }

    private void Show(SoakSample sample) => _context.Console.WriteLine(
        $"{Figures.Duration(TimeSpan.FromSeconds(sample.Seconds)),11}  {Figures.Count(sample.Steps),9} steps"
        + $"  process {Figures.Bytes(sample.WorkingSetBytes),9}  heap {Figures.Bytes(sample.HeapBytes),9}  loss {sample.Loss:E2}");
}
