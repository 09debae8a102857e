using NestedLearning.Cli.Commands;
using NestedLearning.Cli.Tests.Rendering;

namespace NestedLearning.Cli.Tests.Commands;

/// <summary>How a command ended.</summary>
/// <param name="ExitCode">0 done, 1 failed, 2 wrong usage.</param>
/// <param name="Output">Its standard output.</param>
/// <param name="Error">Its standard error.</param>
internal sealed record NlResult(int ExitCode, string Output, string Error);

/// <summary>Runs <c>nl</c> in this process.</summary>
internal static class Nl
{
    public static async Task<NlResult> RunAsync(params string[] args)
    {
        PlainConsole console = new();
        using StringWriter error = new();
        int exitCode = await NlCommand.RunAsync(args, new CommandContext(console.Console, error, TimeProvider.System));
        return new NlResult(exitCode, console.Output, error.ToString());
    }

    /// <summary>A small model and no baselines: <c>nl train classifier</c> in a fraction of a second.</summary>
    public static string[] SmallTraining(string data, params string[] more) =>
        ["train", "classifier", "--data", data, "--features", "256", "--period", "50", "--baselines", "none", .. more];

    /// <summary>Checks that a command failed with one plain line, and returns the line.</summary>
    public static string AssertFailed(int exitCode, NlResult result)
    {
        Assert.Equal(exitCode, result.ExitCode);
        string line = Assert.Single(result.Error.TrimEnd().Split('\n'));
        Assert.StartsWith("nl", line, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", line, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", line, StringComparison.Ordinal);
        return line.TrimEnd('\r');
    }
}
