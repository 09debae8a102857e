using System.CommandLine;
using NestedLearning.Models;

namespace NestedLearning.Cli.Commands;

/// <summary>The <c>nl</c> command: parses, runs, and turns every expected error into one line and an exit code.</summary>
internal static class NlCommand
{
    public static async Task<int> RunAsync(string[] args, CommandContext context)
    {
        RootCommand root = new("Nested Learning: one continually learning model, shared by many memories.")
        {
            DemoCommand.Create(context),
            TrainCommand.Create(context),
            BenchCommand.Create(context),
            DoctorCommand.Create(context),
        };
        ParseResult parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            string command = parsed.CommandResult.Command == root ? "nl" : $"nl {parsed.CommandResult.Command.Name}";
            context.Error.WriteLine($"{command}: {parsed.Errors[0].Message} See {command} --help.");
            return ExitCode.WrongUsage;
        }

        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (OperationCanceledException)
        {
            context.Error.WriteLine("nl: stopped; what is durable stays, and the same command goes on from there.");
            return ExitCode.Failed;
        }
        catch (Exception error) when (IsWrongUsage(error))
        {
            context.Error.WriteLine($"nl: {error.Message}");
            return ExitCode.WrongUsage;
        }
        catch (Exception error) when (error is NestedLearningException or IOException or UnauthorizedAccessException)
        {
            context.Error.WriteLine($"nl: {error.Message}");
            return ExitCode.Failed;
        }
    }

    private static bool IsWrongUsage(Exception error) =>
        error is UsageException or InvalidSpecException or UnknownBaselineException or FieldNamesException;
}
