using System.CommandLine;
using NestedLearning.Cli.Data;
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
        """;

    private static readonly DotnetMessagesOptions Messages = new() { Components = 39, MaxPerComponent = 300, DealComponents = true };
    private static readonly ClassifierSpec Model = new() { Ridge = 1 };
    private static readonly string[] Peers = ["softmax", "mlp", "replay", "nearest-mean"];

    private readonly OutputOptions _output = new();
    private readonly CommandContext _context;

    private DemoCommand(CommandContext context) => _context = context;

    public static Command Create(CommandContext context)
    {
        DemoCommand self = new(context);
        DocumentedCommand command = new(
            "demo",
            "Learn 13 languages one after another, and see what is kept.",
            new HelpNotes(About, ["nl demo", "nl demo --plot demo.svg --json demo.json"]));
        self._output.AddTo(command);
        command.SetAction(self.ExecuteAsync);
        return command;
    }

    private async Task<int> ExecuteAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        _output.Check(parsed);
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
}
