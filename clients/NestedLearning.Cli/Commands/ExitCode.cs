namespace NestedLearning.Cli.Commands;

/// <summary>How <c>nl</c> ends.</summary>
internal static class ExitCode
{
    /// <summary>Everything that was asked for is done.</summary>
    public const int Success = 0;

    /// <summary>It could not be done, or was stopped.</summary>
    public const int Failed = 1;

    /// <summary>The command line is wrong.</summary>
    public const int WrongUsage = 2;
}
