using System.CommandLine;
using NestedLearning.Cli.Data;
using NestedLearning.Cli.Training;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Cli.Commands;

/// <summary><c>nl demo</c>: thirteen tenants stream real messages one after another over one shared level.</summary>
internal sealed class DemoCommand
{
    private const string About = """
        Thirteen tenants, one for each language, stream the .NET SDK's own messages one after another. Each has a memory
        of its own over one shared level; the task is to tell which component a message comes from. A plain online learner
        sees the same stream.

        Examples:
          nl demo
          nl demo --plot demo.svg --json demo.json
        """;

    private static readonly DotnetMessagesOptions Messages = new() { MaxPerLanguage = 1000, Components = 40 };
    private static readonly string[] Peers = ["softmax", "replay", "nearest-mean"];

    private readonly OutputOptions _output = new();
    private readonly CommandContext _context;

    private DemoCommand(CommandContext context) => _context = context;

    public static Command Create(CommandContext context)
    {
        DemoCommand self = new(context);
        Command command = new("demo", About);
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
            Split = StreamSplit.Task,
            FoldThreads = Math.Clamp(Environment.ProcessorCount, 1, 8),
        };
        ClassifierSession session = new(_context, options, Peers, seed: 1, dataDirectory: null);
        ClassifierOutcome outcome = await session.ExecuteAsync(TaskStream.InOrderOfAppearance(set.Examples), cancellationToken);
        ClassifierPresentation presentation = new(_context.Console);
        presentation.Show([outcome]);
        await presentation.WriteAsync([outcome], _output.Json(parsed), _output.Plot(parsed), cancellationToken);
        return ExitCode.Success;
    }
}
