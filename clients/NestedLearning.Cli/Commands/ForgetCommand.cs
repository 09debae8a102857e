using System.CommandLine;
using NestedLearning.Cli.Rendering;
using NestedLearning.Cli.Serving;
using NestedLearning.Client;
using NestedLearning.Tiers;
using Spectre.Console;

namespace NestedLearning.Cli.Commands;

/// <summary><c>nl forget</c>.</summary>
internal sealed class ForgetCommand
{
    private const string About = """
        The tenant's memory is deleted, and every update of its is taken out of the shared
        levels, which have to be made for that (nl feed --forgettable). Nothing brings it back.
        A command that failed has to be repeated: it goes on where it was.
        """;

    private static readonly string[] Examples = ["nl forget --tenant ann --server http://127.0.0.1:5080 --yes"];

    private readonly ServerArguments _server = new();
    private readonly OutputOptions _output = new();
    private readonly Option<bool> _yes = new("--yes") { Description = "Do it; without this, nothing is done." };
    private readonly CommandContext _context;

    private ForgetCommand(CommandContext context) => _context = context;

    public static Command Create(CommandContext context)
    {
        ForgetCommand self = new(context);
        DocumentedCommand command = new("forget", "Take a tenant out of a model for good.", new HelpNotes(About, Examples));
        self._server.AddTo(command);
        command.Options.Add(self._yes);
        self._output.AddTo(command, withPlot: false);
        command.SetAction(self.ExecuteAsync);
        return command;
    }

    private async Task<int> ExecuteAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        _output.Check(parsed);
        MemoryAddress memory = _server.Memory(parsed);
        await using HttpLearningCluster cluster = _server.Connect(parsed);
        if (!parsed.GetValue(_yes))
        {
            MemoryStatus status = await cluster.GetMemoryAsync(memory, cancellationToken);
            throw new UsageException(
                $"'{memory.Tenant}' has learned {Figures.Count(status.Learned)} events; --yes forgets them for good, in its memory and in the shared levels.");
        }

        ForgetReport report = await cluster.ForgetAsync(memory.Model, memory.Tenant, cancellationToken);
        _context.Console.WriteLine(report.HadMemory ? $"The memory of '{memory.Tenant}' is deleted." : $"'{memory.Tenant}' has no memory.");
        foreach (ForgottenLevel level in report.Levels)
        {
            _context.Console.WriteLine(level.Version is { } version
                ? $"Version {version} of '{level.Level}' is without its {Figures.Count(level.Events)} events."
                : $"Nothing of it is in '{level.Level}'.");
        }

        if (_output.Json(parsed) is { } json)
        {
            ForgottenReport result = new(memory.Model.Value, memory.Tenant.Value, ForgetDocument.From(report));
            await File.WriteAllTextAsync(json.FullName, result.ToJson() + "\n", cancellationToken);
        }

        return ExitCode.Success;
    }
}
