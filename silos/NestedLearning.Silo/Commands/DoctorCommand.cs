using System.CommandLine;
using NestedLearning.Grains;
using NestedLearning.Silo.Configuration;
using NestedLearning.Silo.Starting;
using NestedLearning.Tensors;
using NestedLearning.Torch;

namespace NestedLearning.Silo.Commands;

/// <summary><c>nl-silo doctor</c>.</summary>
internal static class DoctorCommand
{
    private const string About = """
        Lists what this program can compute on, how fast it multiplies matrices there, and why something is not available.
        Exits with 1 if Machine:Compute is cuda and there is no CUDA device.
        """;

    public static Command Create(TextWriter output)
    {
        Command command = new("doctor", About);
        command.SetAction(_ => Execute(output));
        return command;
    }

    private static int Execute(TextWriter output)
    {
        string declared = DeclaredCompute(SiloHost.Configure().Configuration);
        BackendReport[] reports = [BackendReport.OfManaged(), .. TorchReport.OfDevices()];
        foreach (BackendReport report in reports)
        {
            output.WriteLine($"{report.Backend,-8} {report.Device,-7} {report.Summary}");
        }

        return declared != ComputeKinds.Cuda || Array.Exists(reports, IsCuda)
            ? ExitCode.Success
            : throw new DependencyException($"{SiloSettings.Section}:Machine:Compute is {declared}, but there is no CUDA device.");
    }

    /// <summary>Only the machine matters here, so nothing else is asked for.</summary>
    private static string DeclaredCompute(IConfiguration configuration)
    {
        SettingsReader reader = new(configuration.GetSection(SiloSettings.Section));
        MachineSettings machine = MachineSettings.Read(reader);
        return reader.Violations.Count == 0 ? machine.Compute : throw new InvalidSettingsException(reader.Violations);
    }

    private static bool IsCuda(BackendReport report) =>
        report.Problem is null && report.Device.StartsWith(ComputeKinds.Cuda, StringComparison.Ordinal);
}
