using System.CommandLine;
using NestedLearning.Cli.Rendering;
using NestedLearning.Cli.Serving;
using NestedLearning.Models;
using NestedLearning.Tiers;
using Spectre.Console;

namespace NestedLearning.Cli.Commands;

/// <summary><c>nl models</c>.</summary>
internal sealed class ModelsCommand
{
    private static readonly string[] Examples =
    [
        "nl models --server http://127.0.0.1:5080",
        "nl models --server http://127.0.0.1:5080 --json models.json",
        "nl models create support --server http://127.0.0.1:5080",
        "nl models delete support --server http://127.0.0.1:5080",
    ];

    private readonly ServerArguments _server = new();
    private readonly OutputOptions _output = new();
    private readonly CommandContext _context;

    private ModelsCommand(CommandContext context) => _context = context;

    public static Command Create(CommandContext context)
    {
        ModelsCommand self = new(context);
        DocumentedCommand command = new("models", "Show the models of a server.", new HelpNotes("The JSON has what makes each of them again.", Examples))
        {
            ModelsCreateCommand.Create(context),
            ModelsDeleteCommand.Create(context),
        };
        self._server.AddTo(command, withModel: false, withTenant: false);
        self._output.AddTo(command, withPlot: false);
        command.SetAction(self.ExecuteAsync);
        return command;
    }

    private async Task<int> ExecuteAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        _output.Check(parsed);
        await using Client.HttpLearningCluster cluster = _server.Connect(parsed);
        List<ListedModel> models = [];
        foreach (ModelId model in await cluster.GetModelsAsync(cancellationToken))
        {
            try
            {
                ModelSettings settings = await cluster.GetModelAsync(model, cancellationToken);
                models.Add(new ListedModel(model.Value, new ModelDocument(settings.Spec, settings.Policy)));
            }
            catch (UnknownModelException)
            {
                // Its making or its deletion was cut short.
            }
        }

        Show(models);
        if (_output.Json(parsed) is { } json)
        {
            await File.WriteAllTextAsync(json.FullName, new ModelsReport(models).ToJson() + "\n", cancellationToken);
        }

        return ExitCode.Success;
    }

    private void Show(IEnumerable<ListedModel> models)
    {
        Table table = new() { Border = TableBorder.Simple };
        table.AddColumns(new TableColumn("Model"), new TableColumn("Levels"), new TableColumn("Contributors").RightAligned(), new TableColumn("Shards").RightAligned());
        foreach (ListedModel model in models)
        {
            string levels = string.Join(", ", model.Settings.Spec.Levels.Select(level => $"{level.Id} every {Figures.Count(level.Period)}"));
            table.AddRow(
                new Text(model.Name), new Text(levels), new Text(Figures.Count(model.Settings.Policy.MinContributors)), new Text(Figures.Count(model.Settings.Policy.Shards)));
        }

        _context.Console.Write(table);
    }
}
