using System.CommandLine;
using NestedLearning.Silo.Configuration;

namespace NestedLearning.Silo.Commands;

/// <summary>The <c>nl-silo</c> command: parses, runs, and turns every expected error into lines and an exit code.</summary>
internal static class SiloCommand
{
    private const string Name = "nl-silo";

    private const string About = """
        A silo of the cluster, or a gateway to it, with the HTTP API. It is configured by appsettings.json beside it and by environment variables
        such as NestedLearning__Clustering__Kind=PostgreSql; docs/operations.md lists them.
        """;

    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error)
    {
        RootCommand root = new(About)
        {
            BenchCommand.Create(output),
            DoctorCommand.Create(output),
            ReadyCommand.Create(output),
            new Command("database", "The database of the cluster.") { DatabasePrepareCommand.Create(output) },
        };
        root.SetAction((_, cancellationToken) => RunCommand.ExecuteAsync(output, cancellationToken));
        ParseResult parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            return Fail(error, ExitCode.WrongUsage, [.. parsed.Errors.Select(problem => problem.Message), $"See {Name} --help."]);
        }

        try
        {
            // Signals are for the host, which saves what was learned.
            InvocationConfiguration configuration = new() { EnableDefaultExceptionHandler = false, Output = output, ProcessTerminationTimeout = null };
            return await parsed.InvokeAsync(configuration);
        }
        catch (InvalidSettingsException invalid)
        {
            return Fail(error, ExitCode.WrongUsage, invalid.Violations);
        }
        catch (InvalidDataException unreadable)
        {
            return Fail(error, ExitCode.WrongUsage, [(unreadable.InnerException ?? unreadable).Message]);
        }
        catch (Exception failure) when (failure is NestedLearningException or IOException or UnauthorizedAccessException)
        {
            return Fail(error, ExitCode.Failed, [failure.Message]);
        }
        catch (OperationCanceledException)
        {
            return Fail(error, ExitCode.Failed, ["stopped."]);
        }
    }

    private static int Fail(TextWriter error, int exitCode, IEnumerable<string> lines)
    {
        foreach (string line in lines)
        {
            error.WriteLine($"{Name}: {line.ReplaceLineEndings(" ")}");
        }

        return exitCode;
    }
}
