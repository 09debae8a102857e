using System.CommandLine;
using NestedLearning.Cli.Rendering;
using NestedLearning.Client;
using NestedLearning.Models;
using NestedLearning.Tiers;
using Spectre.Console;

namespace NestedLearning.Cli.Commands;

/// <summary><c>nl models delete</c>.</summary>
internal sealed class ModelsDeleteCommand
{
    private const string About = """
        What it runs is stopped, and everything that is stored of it goes: memories of all
        tenants, levels with all their versions, schedules and what they kept. Nothing brings
        it back. A command that failed has to be repeated: it goes on where it was.
        """;

    private static readonly string[] Examples = ["nl models delete support --server http://127.0.0.1:5080 --yes"];

    private readonly ServerArguments _server = new();
    private readonly CommandContext _context;
    private readonly Argument<string> _name = new("NAME") { Description = "The name of the model." };
    private readonly Option<bool> _yes = new("--yes") { Description = "Do it; without this, a terminal is asked, and elsewhere nothing is done." };

    private ModelsDeleteCommand(CommandContext context) => _context = context;

    public static Command Create(CommandContext context)
    {
        ModelsDeleteCommand self = new(context);
        DocumentedCommand command = new("delete", "Do away with a model for good.", new HelpNotes(About, Examples));
        command.Arguments.Add(self._name);
        self._server.AddTo(command, withModel: false, withTenant: false);
        command.Options.Add(self._yes);
        command.SetAction(self.ExecuteAsync);
        return command;
    }

    private async Task<int> ExecuteAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        ModelId model = new(parsed.GetRequiredValue(_name));
        await using HttpLearningCluster cluster = _server.Connect(parsed);
        if (!parsed.GetValue(_yes))
        {
            await ConfirmAsync(model, cluster, cancellationToken);
        }

        if (!await cluster.DeleteModelAsync(model, cancellationToken))
        {
            throw new UnknownModelException(model);
        }

        _context.Console.WriteLine($"The model '{model}' is deleted.");
        return ExitCode.Success;
    }

    private async Task ConfirmAsync(ModelId model, HttpLearningCluster cluster, CancellationToken cancellationToken)
    {
        long events = (await cluster.GetLevelsAsync(model, cancellationToken)).Select(level => level.Events).DefaultIfEmpty().Max();
        string meant = $"'{model}' has learned {Figures.Count(events)} events";
        if (!_context.CanAsk)
        {
            throw new UsageException($"{meant}; --yes deletes it for good, with everything of its tenants.");
        }

        _context.Console.Write($"{meant}. To delete it for good, with everything of its tenants, type its name: ");
        if ((await _context.Input.ReadLineAsync(cancellationToken))?.Trim() != model.Value)
        {
            throw new UsageException($"That is not '{model}'; nothing was done.");
        }
    }
}
