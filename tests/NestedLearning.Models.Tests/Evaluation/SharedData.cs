using System.Text.Json;

namespace NestedLearning.Models.Tests.Evaluation;

/// <summary>
/// The benchmark data, which is not part of the repository: the folder NL_DATA, or a folder shared/data beside one of the
/// folders above the tests.
/// </summary>
internal static class SharedData
{
    private static readonly Lazy<KeyedTaskStream> LazyClinc150 = new(() => Clinc150With(4096));

    /// <summary>The folder; null when there is none.</summary>
    public static string? Folder { get; } = Find();

    /// <summary>CLINC150 in ten tasks, keyed once for all tests.</summary>
    public static KeyedTaskStream Clinc150 => LazyClinc150.Value;

    /// <summary>CLINC150 in ten tasks, with keys of this length.</summary>
    public static KeyedTaskStream Clinc150With(int features) =>
        KeyedTaskStream.Create(TaskStream.InOrderOfAppearance(Read("clinc150.jsonl")), new TextFeaturizer(features));

    private static IEnumerable<Example> Read(string file)
    {
        foreach (string line in File.ReadLines(Path.Combine(Folder!, file)))
        {
            using var json = JsonDocument.Parse(line);
            string Field(string name) => json.RootElement.GetProperty(name).GetString()!;
            yield return new Example(new TextInput(Field("text")), Field("label"), Field("task"), Field("split") == "test");
        }
    }

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("NL_DATA") is { Length: > 0 } given)
        {
            return Directory.Exists(given) ? given : null;
        }

        for (DirectoryInfo? above = new(AppContext.BaseDirectory); above is not null; above = above.Parent)
        {
            string candidate = Path.Combine(above.FullName, "shared", "data");
            if (Directory.Exists(candidate))
            {
                return candidate;
            }
        }

        return null;
    }
}

/// <summary>A test that needs the benchmark data and says so when it is skipped.</summary>
internal sealed class DataFactAttribute : FactAttribute
{
    public DataFactAttribute()
    {
        if (SharedData.Folder is null)
        {
            Skip = "The benchmark data is not here: set NL_DATA to the folder of clinc150.jsonl.";
        }
    }
}
