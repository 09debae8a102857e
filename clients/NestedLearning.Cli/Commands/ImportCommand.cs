using System.CommandLine;
using NestedLearning.Cli.Serving;
using NestedLearning.Models;
using NestedLearning.Tensors;
using NestedLearning.Tiers;
using Spectre.Console;

namespace NestedLearning.Cli.Commands;

/// <summary><c>nl import</c>.</summary>
internal sealed class ImportCommand
{
    private const string About = """
        The levels of the model begin with what is in the file, and go on learning from there:
        a classifier as the one would have that was exported, to the same bits. What else makes
        the model is in the file, where nl export --model wrote it; that of a run of
        nl train hope has its shape and its tokens, the rest has defaults. What tenants taught
        the model in the file is nobody's in the new one, and nl forget cannot take it out.
        The same command again joins the same model.
        """;

    private static readonly string[] Examples =
    [
        "nl import model.safetensors --model hope --server http://127.0.0.1:5080",
        "nl import model.safetensors --model hope --data-dir state",
    ];

    private readonly Argument<FileInfo> _file = new("FILE") { Description = "A model that nl export wrote." };
    private readonly ClusterArguments _cluster = new("The folder of nl serve, while it does not run.");
    private readonly CommandContext _context;

    private ImportCommand(CommandContext context) => _context = context;

    public static Command Create(CommandContext context)
    {
        ImportCommand self = new(context);
        DocumentedCommand command = new("import", "Make a model of a file.", new HelpNotes(About, Examples));
        command.Arguments.Add(self._file);
        self._cluster.AddTo(command);
        command.SetAction(self.ExecuteAsync);
        return command;
    }

    private async Task<int> ExecuteAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        _cluster.Check(parsed);
        FileInfo file = parsed.GetValue(_file)!;
        ModelId model = _cluster.Model(parsed) ?? throw new UsageException("--model is missing.");
        ModelCheckpoint checkpoint;
        using (FileStream stream = ModelFile.Open(file))
        {
            checkpoint = ModelCheckpoint.Read(new SafetensorsReader(stream), double.MaxValue);
        }

        await using ServedCluster served = _cluster.Open(parsed);
        await served.Cluster.ImportModelAsync(model, checkpoint.Settings.Spec, checkpoint.Settings.Policy, checkpoint.InitialLevels, cancellationToken);
        _context.Console.WriteLine($"'{model}' begins with {file}: {string.Join(", ", checkpoint.Levels.Select(level => level.Level))}.");
        return ExitCode.Success;
    }
}
