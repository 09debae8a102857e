namespace NestedLearning.Cli.Tests.Data;

/// <summary>
/// Where the benchmark data are, which are no part of the repository: the folder NL_DATA, or a folder shared/data beside
/// one of the folders above the tests.
/// </summary>
internal static class BenchmarkData
{
    /// <summary>The folder; null when there is none.</summary>
    public static string? Folder { get; } = Candidates().FirstOrDefault(Directory.Exists);

    private static IEnumerable<string> Candidates()
    {
        if (Environment.GetEnvironmentVariable("NL_DATA") is { Length: > 0 } given)
        {
            yield return given;
            yield break;
        }

        for (DirectoryInfo? above = new(AppContext.BaseDirectory); above is not null; above = above.Parent)
        {
            yield return Path.Combine(above.FullName, "shared", "data");
        }
    }
}

/// <summary>A test that needs a file of the benchmark data and says so when it is skipped.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BenchmarkDataFactAttribute : FactAttribute
{
    public BenchmarkDataFactAttribute(string file)
    {
        if (BenchmarkData.Folder is not { } folder || !File.Exists(Path.Combine(folder, file)))
        {
            Skip = $"The benchmark data are not here: set NL_DATA to the folder of {file}.";
        }
    }
}
