namespace NestedLearning.Cli.Tests.Training;

/// <summary>A test that runs where there is a Python 3.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PythonFactAttribute : FactAttribute
{
    internal const string Program = "python3";

    public PythonFactAttribute()
    {
        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        Skip = folders.Any(folder => File.Exists(Path.Combine(folder, Program))) ? null : $"There is no {Program} on this machine.";
    }
}
