using System.CommandLine;
using System.Text;
using System.Text.Json;
using NestedLearning.Client;
using NestedLearning.Models;
using NestedLearning.Tiers;
using Spectre.Console;

namespace NestedLearning.Cli.Commands;

/// <summary><c>nl models create</c>.</summary>
internal sealed class ModelsCreateCommand
{
    private const string StandardInput = "-";

    private const string About = """
        FILE has what PUT /models/{model} takes, as far as it differs from the defaults:
        {"spec": {"$kind": "sequence", "model": {"width": 64}}, "policy": {"minContributors": 2}}.
        The same command again joins the same model.
        """;

    private static readonly string[] Examples =
    [
        "nl models create support --server http://127.0.0.1:5080",
        "nl models create hope --settings hope.json --server http://127.0.0.1:5080",
    ];

    private readonly ServerArguments _server = new();
    private readonly CommandContext _context;
    private readonly Argument<string> _name = new("NAME") { Description = "The name of the model." };
    private readonly Option<string?> _settings = new("--settings")
    {
        Description = "What makes the model, in JSON; - reads standard input. Without, a classifier of the defaults.",
        HelpName = "FILE",
    };

    private ModelsCreateCommand(CommandContext context) => _context = context;

    public static Command Create(CommandContext context)
    {
        ModelsCreateCommand self = new(context);
        DocumentedCommand command = new("create", "Make a model.", new HelpNotes(About, Examples));
        command.Arguments.Add(self._name);
        command.Options.Add(self._settings);
        self._server.AddTo(command, withModel: false, withTenant: false);
        command.SetAction(self.ExecuteAsync);
        return command;
    }

    private async Task<int> ExecuteAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        ModelId model = new(parsed.GetRequiredValue(_name));
        ModelDocument document = parsed.GetValue(_settings) is { } file
            ? await ReadAsync(file, cancellationToken)
            : new ModelDocument(new ClassifierSpec(), new RoundPolicy());
        await using HttpLearningCluster cluster = _server.Connect(parsed);
        await cluster.CreateModelAsync(model, document.Spec, document.Policy, cancellationToken);
        string levels = string.Join(", ", document.Spec.Levels.Select(level => level.Id));
        _context.Console.WriteLine($"The model '{model}' is there, with the levels {levels}.");
        return ExitCode.Success;
    }

    /// <exception cref="DataException">The file cannot be read, or says nothing that makes a model.</exception>
    private async Task<ModelDocument> ReadAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            string json = file == StandardInput
                ? await _context.Input.ReadToEndAsync(cancellationToken)
                : await File.ReadAllTextAsync(file, cancellationToken);
            ModelDocument document = ModelDocument.Parse(Encoding.UTF8.GetBytes(json));
            document.Spec.Validate();
            return document;
        }
        catch (Exception error) when (error is JsonException or InvalidInputException or InvalidSpecException or IOException or UnauthorizedAccessException)
        {
            throw new DataException(file, null, error.Message.ReplaceLineEndings(" "), error);
        }
    }
}
