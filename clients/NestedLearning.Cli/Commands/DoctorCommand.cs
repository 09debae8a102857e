using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization;
using NestedLearning.Cli.Doctor;

namespace NestedLearning.Cli.Commands;

/// <summary><c>nl doctor</c>.</summary>
internal sealed class DoctorCommand
{
    private readonly OutputOptions _output = new();
    private readonly CommandContext _context;
    private readonly Option<string> _dataDirectory = new("--data-dir")
    {
        Description = "Where state would be kept.",
        DefaultValueFactory = _ => ".",
        HelpName = "DIR",
    };

    private DoctorCommand(CommandContext context) => _context = context;

    public static Command Create(CommandContext context)
    {
        DoctorCommand self = new(context);
        DocumentedCommand command = new(
            "doctor",
            "Say what this machine offers, what is missing, and what to do about it.",
            new HelpNotes(
                "It ends with 1 if something that is needed does not work.",
                ["nl doctor", "nl doctor --data-dir state --json doctor.json"]));
        command.Options.Add(self._dataDirectory);
        self._output.AddTo(command, withPlot: false);
        command.SetAction(self.ExecuteAsync);
        return command;
    }

    private async Task<int> ExecuteAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        _output.Check(parsed);
        DoctorReport report = new([.. MachineChecks.Run(parsed.GetRequiredValue(_dataDirectory)), .. BackendChecks.Run()]);
        report.Write(_context.Console);
        if (_output.Json(parsed) is { } json)
        {
            await File.WriteAllTextAsync(
                json.FullName, JsonSerializer.Serialize(report, DoctorReportJson.Default.DoctorReport) + "\n", cancellationToken);
        }

        return report.IsHealthy ? ExitCode.Success : ExitCode.Failed;
    }
}

[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(DoctorReport))]
internal sealed partial class DoctorReportJson : JsonSerializerContext;
