using System.CommandLine;
using NestedLearning.Models;
using NestedLearning.Simulation;
using NestedLearning.Tiers;

namespace NestedLearning.Cli.Commands;

/// <summary>The <c>nl</c> command: parses, runs, and turns every expected error into one line and an exit code.</summary>
internal static class NlCommand
{
    /// <summary>What is typed to run it, whatever the file is called.</summary>
    public const string Name = "nl";

    /// <summary>How long a command that is stopped may take to save its state.</summary>
    private static readonly TimeSpan StopTime = TimeSpan.FromSeconds(30);

    private static readonly HelpNotes RootNotes = new("", ["nl demo", "nl train classifier --data events.jsonl", "nl train classifier --help"]);

    public static async Task<int> RunAsync(string[] args, CommandContext context, CancellationToken cancellationToken = default)
    {
        RootCommand root = new("Nested Learning: one continually learning model, shared by many memories.")
        {
            DemoCommand.Create(context),
            TrainCommand.Create(context),
            EvalCommand.Create(context),
            ExportCommand.Create(context),
            ImportCommand.Create(context),
            ServeCommand.Create(context),
            KeyCommand.Create(context),
            FeedCommand.Create(context),
            AskCommand.Create(context),
            GenerateCommand.Create(context),
            ModelsCommand.Create(context),
            TenantsCommand.Create(context),
            LevelsCommand.Create(context),
            VersionsCommand.Create(context),
            ConsolidateCommand.Create(context),
            RollbackCommand.Create(context),
            ReplayCommand.Create(context),
            ForgetCommand.Create(context),
            ScheduleCommand.Create(context),
            SimulateCommand.Create(context),
            BenchCommand.Create(context),
            DoctorCommand.Create(context),
        };
        DocumentedHelp.AddTo(root, RootNotes);
        ParseResult parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            return UsageProblem.IsCommandMissing(parsed)
                ? await ShowHelpAsync(root.Parse([.. args, "--help"]), context)
                : Fail(UsageProblem.Describe(parsed), ExitCode.WrongUsage, context);
        }

        try
        {
            InvocationConfiguration configuration = new()
            {
                EnableDefaultExceptionHandler = false,
                Output = context.Console.Profile.Out.Writer,
                ProcessTerminationTimeout = StopTime,
            };
            return await parsed.InvokeAsync(configuration, cancellationToken);
        }
        catch (Exception error) when (IsWrongUsage(error))
        {
            return Fail($"{Name}: {error.Message}", ExitCode.WrongUsage, context);
        }
        catch (Exception error) when (error is NestedLearningException or IOException or UnauthorizedAccessException)
        {
            return Fail($"{Name}: {error.Message}", ExitCode.Failed, context);
        }
        catch (OperationCanceledException)
        {
            return Fail($"{Name}: stopped.", ExitCode.Failed, context);
        }
    }

    private static async Task<int> ShowHelpAsync(ParseResult help, CommandContext context)
    {
        await help.InvokeAsync(new InvocationConfiguration { Output = context.Error });
        return ExitCode.WrongUsage;
    }

    private static int Fail(string line, int exitCode, CommandContext context)
    {
        context.Error.WriteLine(line.ReplaceLineEndings(" "));
        return exitCode;
    }

    private static bool IsWrongUsage(Exception error) =>
        error is UsageException or InvalidIdException or InvalidSpecException or InvalidScheduleException or InvalidSimulationException
            or UnknownBaselineException or FieldNamesException or InvalidTaskException or InvalidGenerationException;
}
