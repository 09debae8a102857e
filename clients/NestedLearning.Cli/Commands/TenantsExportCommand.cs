using System.CommandLine;
using NestedLearning.Cli.Rendering;
using NestedLearning.Cli.Serving;
using NestedLearning.Client;
using NestedLearning.Models;
using NestedLearning.Tiers;
using Spectre.Console;

namespace NestedLearning.Cli.Commands;

/// <summary><c>nl tenants export</c>.</summary>
internal sealed class TenantsExportCommand
{
    private const string About = """
        The archive (tar) has what the tenant's memory learned, every update of its that is
        kept in the shared levels, and what the server knows of it: numbers as safetensors,
        the rest as JSON. manifest.json, its last file, names all others.
        """;

    private static readonly string[] Examples = ["nl tenants export ann --model support --server http://127.0.0.1:5080 -o ann.tar"];

    private readonly ServerArguments _server = new();
    private readonly OutputOptions _json = new();
    private readonly CommandContext _context;
    private readonly Argument<string> _name = new("NAME") { Description = "The name of the tenant." };
    private readonly Option<FileInfo> _output = new("--output", "-o") { Description = "The archive to write.", HelpName = "FILE.tar", Required = true };

    private TenantsExportCommand(CommandContext context) => _context = context;

    public static Command Create(CommandContext context)
    {
        TenantsExportCommand self = new(context);
        DocumentedCommand command = new("export", "Write everything that is held of a tenant to an archive.", new HelpNotes(About, Examples));
        command.Arguments.Add(self._name);
        command.Options.Add(self._output);
        self._server.AddTo(command, withTenant: false);
        self._json.AddTo(command, withPlot: false);
        command.SetAction(self.ExecuteAsync);
        return command;
    }

    private async Task<int> ExecuteAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        _json.Check(parsed);
        MemoryAddress memory = new(_server.Model(parsed), new TenantId(parsed.GetRequiredValue(_name)));
        string path = parsed.GetRequiredValue(_output).FullName;
        ExportedTenantReport report = new(memory.Model.Value, memory.Tenant.Value, path, await WriteAsync(parsed, memory, path, cancellationToken), new FileInfo(path).Length);
        _context.Console.WriteLine($"'{memory.Tenant}' is exported to '{path}': {Figures.Count(report.Files)} files, {Figures.Bytes(report.Bytes)}.");
        if (_json.Json(parsed) is { } json)
        {
            await File.WriteAllTextAsync(json.FullName, report.ToJson() + "\n", cancellationToken);
        }

        return ExitCode.Success;
    }

    /// <summary>Writes the archive beside its place first, so that one that was cut short is not taken for a whole one.</summary>
    /// <returns>How many files it has.</returns>
    private async Task<int> WriteAsync(ParseResult parsed, MemoryAddress memory, string path, CancellationToken cancellationToken)
    {
        await using HttpLearningCluster cluster = _server.Connect(parsed);
        string part = path + ".part";
        int files = 0;
        try
        {
            await using (FileStream archive = new(part, FileMode.Create, FileAccess.Write))
            {
                await ExportArchive.WriteAsync(archive, CountAsync(), cancellationToken);
            }

            File.Move(part, path, overwrite: true);
            return files;
        }
        finally
        {
            File.Delete(part);
        }

        async IAsyncEnumerable<ExportedFile> CountAsync()
        {
            await foreach (ExportedFile file in cluster.ExportTenantAsync(memory.Model, memory.Tenant, cancellationToken))
            {
                files++;
                yield return file;
            }
        }
    }
}
