using System.CommandLine;
using NestedLearning.Cli.Rendering;
using NestedLearning.Cli.Serving;
using NestedLearning.Client;
using NestedLearning.Tiers;
using Spectre.Console;

namespace NestedLearning.Cli.Commands;

/// <summary><c>nl tenants show</c>.</summary>
internal sealed class TenantsShowCommand
{
    private const string About = "What the tenant's memory has learned since it exists, and what it occupies.";

    private static readonly string[] Examples = ["nl tenants show --tenant ann --server http://127.0.0.1:5080"];

    private readonly ServerArguments _server = new();
    private readonly OutputOptions _output = new();
    private readonly CommandContext _context;

    private TenantsShowCommand(CommandContext context) => _context = context;

    public static Command Create(CommandContext context)
    {
        TenantsShowCommand self = new(context);
        DocumentedCommand command = new("show", "Show what a tenant uses.", new HelpNotes(About, Examples));
        self._server.AddTo(command);
        self._output.AddTo(command, withPlot: false);
        command.SetAction(self.ExecuteAsync);
        return command;
    }

    private async Task<int> ExecuteAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        _output.Check(parsed);
        MemoryAddress memory = _server.Memory(parsed);
        await using HttpLearningCluster cluster = _server.Connect(parsed);
        MemoryStatus status = await cluster.GetMemoryAsync(memory, cancellationToken);
        _context.Console.WriteLine(status.Learned == 0
            ? $"'{memory.Tenant}' has learned nothing."
            : $"'{memory.Tenant}' has learned {Figures.Count(status.Learned)} events, {Foreknown(status)}.");
        _context.Console.WriteLine($"Its memory occupies {Figures.Bytes(status.PrivateBytes)}, saved {Figures.Bytes(status.SavedBytes)}.");
        if (_output.Json(parsed) is { } json)
        {
            TenantReport report = new(memory.Model.Value, memory.Tenant.Value, MemoryDocument.From(status));
            await File.WriteAllTextAsync(json.FullName, report.ToJson() + "\n", cancellationToken);
        }

        return ExitCode.Success;
    }

    /// <summary>What the memory knew of its events before it learned them.</summary>
    private static string Foreknown(MemoryStatus status) => status switch
    {
        { CodeLength.BitsPerByte: { } bits } => FormattableString.Invariant($"which cost {bits:F3} bits a byte before"),
        { Loss: > 0 } => FormattableString.Invariant($"with a mean loss of {status.Loss / status.Learned:F3} nats a token before"),
        _ => $"{Figures.Percent(status.PrequentialAccuracy)} % of them predicted correctly before",
    };
}
