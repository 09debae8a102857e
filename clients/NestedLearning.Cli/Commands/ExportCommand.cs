using System.CommandLine;
using NestedLearning.Cli.Training.Sequences;
using NestedLearning.Models;
using Spectre.Console;

namespace NestedLearning.Cli.Commands;

/// <summary><c>nl export</c>.</summary>
internal sealed class ExportCommand
{
    private const string About = """
        The file is in the format of safetensors, which Python and others read. Its metadata
        hold a manifest: the model's settings, its tokens, its levels with their periods and
        versions. nl train hope --init-from and nl eval take up such a file.
        """;

    private static readonly string[] Examples =
    [
        "nl export --data-dir state --to model.safetensors",
        "nl export --data-dir state --to model.safetensors --json manifest.json",
    ];

    private readonly Option<DirectoryInfo> _from = new("--data-dir") { Description = "Where nl train hope keeps its state.", HelpName = "DIR", Required = true };
    private readonly Option<FileInfo> _to = new("--to") { Description = "The file to write.", HelpName = "FILE.safetensors", Required = true };
    private readonly OutputOptions _output = new();
    private readonly CommandContext _context;

    private ExportCommand(CommandContext context) => _context = context;

    public static Command Create(CommandContext context)
    {
        ExportCommand self = new(context);
        DocumentedCommand command = new("export", "Write the model of a run of nl train hope to a file.", new HelpNotes(About, Examples));
        command.Options.Add(self._from);
        command.Options.Add(self._to);
        self._output.AddTo(command, withPlot: false);
        command.SetAction(self.ExecuteAsync);
        return command;
    }

    private async Task<int> ExecuteAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        _output.Check(parsed);
        DirectoryInfo from = parsed.GetValue(_from)!;
        FileInfo to = parsed.GetValue(_to)!;
        if (!from.Exists)
        {
            throw new UsageException($"The folder '{from}' of --data-dir does not exist.");
        }

        if (to.Directory is { Exists: false } || Directory.Exists(to.FullName))
        {
            throw new UsageException($"--to is '{to}'; accepted: a file in a folder that exists.");
        }

        SequenceModelManifest manifest = await SequenceExport.WriteAsync(from.FullName, to, cancellationToken);
        _context.Console.WriteLine(FormattableString.Invariant(
            $"{to}: {manifest.Architecture} after {manifest.Step:N0} steps, {manifest.Levels.Sum(level => level.Tensors.Count)} tensors in {manifest.Levels.Count} levels."));
        if (_output.Json(parsed) is { } json)
        {
            await File.WriteAllTextAsync(json.FullName, SequenceModelFile.ToJson(manifest) + "\n", CancellationToken.None);
        }

        return ExitCode.Success;
    }
}
