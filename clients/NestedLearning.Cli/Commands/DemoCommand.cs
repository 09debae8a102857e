using System.CommandLine;
using NestedLearning.Cli.Data;
using NestedLearning.Cli.Demonstrating;
using NestedLearning.Cli.Training;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Cli.Commands;

/// <summary><c>nl demo</c>: thirteen tenants stream real messages over one shared level.</summary>
internal sealed class DemoCommand
{
    private const string About = """
        Thirteen tenants, one for each language, stream the .NET SDK's own messages,
        one language after another. Each watches three components of its own, and has
        a memory of its own over one shared level; the task is to tell which component
        a message comes from. Plainer learners see the same stream. It needs no
        download.

        With --hope the model is Hope, of sequences: workers learn the messages of one
        language byte by byte over the tiers, it writes some, and then it learns five
        languages one after another, plain and with levels of each language's own. A
        Transformer of its size sees the same. It takes about two minutes on two cores.
        """;

    private static readonly DotnetMessagesOptions Messages = new() { Components = 39, MaxPerComponent = 300, DealComponents = true };
    private static readonly ClassifierSpec Model = new() { Ridge = 1 };
    private static readonly HopeDemoOptions HopeDefaults = new();
    private static readonly string[] Peers = ["softmax", "mlp", "replay", "nearest-mean"];

    private readonly Option<bool> _hope = new("--hope") { Description = "Learn to continue texts, by Hope." };
    private readonly Option<int?> _steps = new("--steps") { Description = $"With --hope: the steps on each language, 1 to 100,000; four times as many before [default: {HopeDefaults.Steps}].", HelpName = "N" };
    private readonly Option<string?> _languages = new("--languages") { Description = "With --hope: the languages in their order, with commas [default: five of 13].", HelpName = "A,B,..." };
    private readonly OutputOptions _output = new();
    private readonly CommandContext _context;

    private DemoCommand(CommandContext context) => _context = context;

    public static Command Create(CommandContext context)
    {
        DemoCommand self = new(context);
        DocumentedCommand command = new(
            "demo",
            "Learn 13 languages one after another, and see what is kept.",
            new HelpNotes(About, ["nl demo", "nl demo --plot demo.svg --json demo.json", "nl demo --hope", "nl demo --hope --steps 50 --languages es,it,tr"]));
        foreach (Option option in new Option[] { self._hope, self._steps, self._languages })
        {
            command.Options.Add(option);
        }

        self._output.AddTo(command);
        command.SetAction(self.ExecuteAsync);
        return command;
    }

    private async Task<int> ExecuteAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        _output.Check(parsed);
        if (parsed.GetValue(_hope))
        {
            return await ExecuteHopeAsync(parsed, cancellationToken);
        }

        if (new Option[] { _steps, _languages }.FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false }) is { } alone)
        {
            throw new UsageException($"{alone.Name} goes with --hope only.");
        }

        using DotnetMessages source = new(Messages);
        ExampleSet set = await ExampleSet.ReadAsync(source, cancellationToken);
        ClassifierRunOptions options = new()
        {
            Spec = Model,
            Split = StreamSplit.Task,
            FoldThreads = Math.Clamp(Environment.ProcessorCount, 1, 8),
        };
        ClassifierSession session = new(_context, options, Peers, seed: 1, dataDirectory: null);
        ClassifierOutcome outcome = await session.ExecuteAsync(TaskStream.InOrderOfAppearance(set.Examples), cancellationToken);
        ClassifierPresentation presentation = new(_context.Console);
        presentation.Show([outcome]);
        await presentation.WriteAsync([outcome], _output.Json(parsed), _output.Plot(parsed));
        return ExitCode.Success;
    }

    private async Task<int> ExecuteHopeAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        if (_output.Plot(parsed) is not null)
        {
            throw new UsageException("--plot draws accuracy, which --hope has none of; accepted: one of them.");
        }

        HopeDemoOptions options = HopeDefaults with
        {
            Steps = NumberList.Parse(_steps.Name, FormattableString.Invariant($"{parsed.GetValue(_steps) ?? HopeDefaults.Steps}"), 1, 100_000)[0],
            Languages = parsed.GetValue(_languages)?.Split(','),
            Threads = Math.Clamp(Environment.ProcessorCount, 1, 64),
        };
        HopeDemoReport report = await new HopeDemo(_context, options).ExecuteAsync(cancellationToken);
        if (_output.Json(parsed) is { } json)
        {
            await File.WriteAllTextAsync(json.FullName, report.ToJson() + "\n", CancellationToken.None);
        }

        return ExitCode.Success;
    }
}
