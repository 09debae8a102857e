using System.Text;
using NestedLearning.Cli.Commands;
using NestedLearning.Cli.Data;
using NestedLearning.Models;

namespace NestedLearning.Cli.Evaluating;

/// <summary>The texts of languages, or of other tasks, as bytes: a line for each example.</summary>
internal static class LanguageTexts
{
    private static readonly string[] BuiltIn = ["de", "fr", "pl", "tr", "ru"];

    /// <summary>Reads the SDK's own messages in the languages that are named, in their order, or in five of them.</summary>
    /// <exception cref="DataException">The messages cannot be read, or a language has too few.</exception>
    /// <exception cref="UsageException">There is no such language.</exception>
    public static Task<IReadOnlyList<ContinualText>> ReadMessagesAsync(string[]? languages, int heldBytes, int length, CancellationToken cancellationToken) =>
        ReadAsync(DotnetMessages.SourceName, "task", languages, heldBytes, length, cancellationToken);

    /// <summary>Reads the texts of the languages that are named, in their order, or of all.</summary>
    /// <exception cref="DataException">The data cannot be read, or a language has too little of it.</exception>
    /// <exception cref="UsageException">There is no such language.</exception>
    public static async Task<IReadOnlyList<ContinualText>> ReadAsync(
        string data, string taskField, string[]? languages, int heldBytes, int length, CancellationToken cancellationToken)
    {
        languages ??= data == DotnetMessages.SourceName ? BuiltIn : null;
        DataOptions options = new()
        {
            Fields = new FieldNames() with { Task = taskField },
            Messages = new DotnetMessagesOptions { Languages = data == DotnetMessages.SourceName ? languages : null },
        };
        using IExampleSource source = DataSource.Open(data, options);
        ExampleSet set = await ExampleSet.ReadAsync(source, cancellationToken);
        ILookup<string, Example> examples = (set.HasSplit ? set.Examples : TrainTestCut.Apply(set.Examples, 1)).ToLookup(example => example.Task ?? "");
        languages ??= [.. examples.Select(language => language.Key)];
        return [.. languages.Select(language => examples.Contains(language)
            ? Text(set.Name, language, examples[language], heldBytes, length)
            : throw new UsageException($"--languages has '{language}'; accepted: {string.Join(", ", examples.Select(known => known.Key))}."))];
    }

    private static ContinualText Text(string data, string language, IEnumerable<Example> examples, int heldBytes, int length)
    {
        int[][] parts = [.. new[] { false, true }.Select(isTest => Bytes(examples.Where(example => example.IsTest == isTest)))];
        return parts.All(part => part.Length > length)
            ? new ContinualText(language, parts[0], parts[1].AsMemory(0, Math.Min(parts[1].Length, heldBytes)))
            : throw new DataException(data, null, $"too short, '{language}' has {parts[0].Length} bytes to learn and {parts[1].Length} to measure; accepted are more than {length}");
    }

    private static int[] Bytes(IEnumerable<Example> examples)
    {
        StringBuilder text = new();
        foreach (TextInput input in examples.Select(example => example.Input).OfType<TextInput>())
        {
            text.Append(input.Text).Append('\n');
        }

        return new ByteTokenizer().Encode(text.ToString());
    }
}
