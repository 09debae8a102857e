using System.CommandLine;
using NestedLearning.Cli.Serving;
using NestedLearning.Models;
using NestedLearning.Tiers;
using Spectre.Console;

namespace NestedLearning.Cli.Commands;

/// <summary><c>nl tenants list</c>.</summary>
internal sealed class TenantsListCommand
{
    private const string About = "Names come in order, one on a line, of tenants that sent something to a shared level.";

    private static readonly string[] Examples =
    [
        "nl tenants list --server http://127.0.0.1:5080",
        "nl tenants list --prefix team- --count 20 --server http://127.0.0.1:5080",
    ];

    private readonly ServerArguments _server = new();
    private readonly OutputOptions _output = new();
    private readonly CommandContext _context;
    private readonly Option<string> _prefix = new("--prefix") { Description = "What their names begin with.", HelpName = "TEXT", DefaultValueFactory = _ => "" };
    private readonly Option<string?> _after = new("--after") { Description = "Only those after this one.", HelpName = "NAME" };
    private readonly Option<int> _count = new("--count") { Description = $"At most so many, 1 to {TenantQuery.MaxCount}.", HelpName = "N", DefaultValueFactory = _ => TenantQuery.MaxCount };

    private TenantsListCommand(CommandContext context) => _context = context;

    public static Command Create(CommandContext context)
    {
        TenantsListCommand self = new(context);
        DocumentedCommand command = new("list", "Show the tenants of a model.", new HelpNotes(About, Examples));
        command.Options.Add(self._prefix);
        command.Options.Add(self._after);
        command.Options.Add(self._count);
        self._server.AddTo(command, withTenant: false);
        self._output.AddTo(command, withPlot: false);
        command.SetAction(self.ExecuteAsync);
        return command;
    }

    private async Task<int> ExecuteAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        _output.Check(parsed);
        int count = NumberRange.Read(parsed, _count, 1, TenantQuery.MaxCount);
        ModelId model = _server.Model(parsed);
        TenantQuery query = new()
        {
            Prefix = parsed.GetRequiredValue(_prefix),
            After = parsed.GetValue(_after) is { } after ? new TenantId(after) : null,
            Count = count,
        };
        await using Client.HttpLearningCluster cluster = _server.Connect(parsed);
        IReadOnlyList<TenantId> tenants = await cluster.GetTenantsAsync(model, query, cancellationToken);
        foreach (TenantId tenant in tenants)
        {
            _context.Console.WriteLine(tenant.Value);
        }

        if (_output.Json(parsed) is { } json)
        {
            TenantsReport report = new(model.Value, [.. tenants.Select(tenant => tenant.Value)]);
            await File.WriteAllTextAsync(json.FullName, report.ToJson() + "\n", cancellationToken);
        }

        return ExitCode.Success;
    }
}
