namespace NestedLearning.Cli.Tests.Processes;

/// <summary>A test that sends Unix signals.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class UnixFactAttribute : FactAttribute
{
    public UnixFactAttribute() => Skip = OperatingSystem.IsWindows() ? "It sends Unix signals." : null;
}

/// <summary>A theory that sends Unix signals.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class UnixTheoryAttribute : TheoryAttribute
{
    public UnixTheoryAttribute() => Skip = OperatingSystem.IsWindows() ? "It sends Unix signals." : null;
}
