namespace NestedLearning.Silo.Commands;

/// <summary>How <c>nl-silo</c> ends.</summary>
internal static class ExitCode
{
    /// <summary>It did what it was asked to, or was stopped and has saved everything.</summary>
    public const int Success = 0;

    /// <summary>It could not do it, or was stopped at once.</summary>
    public const int Failed = 1;

    /// <summary>The command line or the configuration is wrong.</summary>
    public const int WrongUsage = 2;
}
