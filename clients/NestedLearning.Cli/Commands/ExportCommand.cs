using System.CommandLine;
using System.Text.Json;
using NestedLearning.Cli.Rendering;
using NestedLearning.Cli.Serving;
using NestedLearning.Cli.Training.Sequences;
using NestedLearning.Models;
using NestedLearning.Tiers;
using Spectre.Console;

namespace NestedLearning.Cli.Commands;

/// <summary><c>nl export</c>.</summary>
internal sealed class ExportCommand
{
    private const string About = """
        The file is in the format of safetensors, which Python and others read. Its metadata
        hold a manifest: the model's settings, its tokens, its levels with their periods and
        versions. nl import, nl generate, nl train hope --init-from and nl eval take it up.
        With --model it is the model of a server, or of the folder of one, at the newest
        versions; without, that of a run of nl train hope. Of a classifier the file also has
        what it goes on learning from: for 4,096 features 64 MiB beside the weights. Those
        alone, for other programs to read, are written with --weights-only.
        """;

    private static readonly string[] Examples =
    [
        "nl export --data-dir state --to model.safetensors",
        "nl export --data-dir state --to model.safetensors --json manifest.json",
        "nl export --model hope --server http://127.0.0.1:5080 --to model.safetensors",
        "nl export --model m --server http://127.0.0.1:5080 --to weights.safetensors --weights-only",
    ];

    private readonly ClusterArguments _cluster = new("Where nl train hope, or with --model nl serve, keeps its state.");
    private readonly Option<FileInfo> _to = new("--to") { Description = "The file to write.", HelpName = "FILE.safetensors", Required = true };
    private readonly Option<bool> _weightsOnly = new("--weights-only") { Description = "Of a classifier, leave out what it goes on learning from: the file cannot be imported." };
    private readonly OutputOptions _output = new();
    private readonly CommandContext _context;

    private ExportCommand(CommandContext context) => _context = context;

    public static Command Create(CommandContext context)
    {
        ExportCommand self = new(context);
        DocumentedCommand command = new("export", "Write a model to a file.", new HelpNotes(About, Examples));
        self._cluster.AddTo(command);
        command.Options.Add(self._to);
        command.Options.Add(self._weightsOnly);
        self._output.AddTo(command, withPlot: false);
        command.SetAction(self.ExecuteAsync);
        return command;
    }

    private async Task<int> ExecuteAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        _output.Check(parsed);
        _cluster.Check(parsed);
        FileInfo to = parsed.GetValue(_to)!;
        if (to.Directory is { Exists: false } || Directory.Exists(to.FullName))
        {
            throw new UsageException($"--to is '{to}'; accepted: a file in a folder that exists.");
        }

        if (_cluster.Model(parsed) is { } model)
        {
            await using ServedCluster served = _cluster.Open(parsed);
            ModelCheckpoint checkpoint = await served.Cluster.GetCheckpointAsync(model, withStatistics: !parsed.GetValue(_weightsOnly), cancellationToken);
            await ModelFile.ReplaceAsync(to, stream => checkpoint.WriteAsync(stream, cancellationToken));
            _context.Console.WriteLine($"{to}: '{model}' at {string.Join(", ", checkpoint.Levels.Select(level => $"version {Figures.Count(level.Version.Number)} of {level.Level}"))}.");
            await WriteAsync(parsed, JsonSerializer.Serialize(new ModelDocument(checkpoint.Settings.Spec, checkpoint.Settings.Policy), ApiJson.Default.ModelDocument));
            return ExitCode.Success;
        }

        if (parsed.GetValue(_weightsOnly))
        {
            throw new UsageException("--weights-only needs --model.");
        }

        SequenceModelManifest manifest = await SequenceExport.WriteAsync(_cluster.Directory(parsed)!.FullName, to, cancellationToken);
        _context.Console.WriteLine(FormattableString.Invariant(
            $"{to}: {manifest.Architecture} after {manifest.Step:N0} steps, {manifest.Levels.Sum(level => level.Tensors.Count)} tensors in {manifest.Levels.Count} levels."));
        await WriteAsync(parsed, SequenceModelFile.ToJson(manifest));
        return ExitCode.Success;
    }

    private async Task WriteAsync(ParseResult parsed, string report)
    {
        if (_output.Json(parsed) is { } json)
        {
            await File.WriteAllTextAsync(json.FullName, report + "\n", CancellationToken.None);
        }
    }
}
