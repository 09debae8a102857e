using System.Text.Json;
using NestedLearning.Models;

namespace NestedLearning.Cli.Tests.Training;

/// <summary>
/// A small stream of tasks made from a seed: every class has words of its own among words that all share, and every
/// eighth label is wrong, so that accuracy stays below 1 and shows any difference between two runs.
/// </summary>
internal static class SampleData
{
    public static Example[] Examples(int count, int classes = 8, int tasks = 3, int seed = 1)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, count).Select(i => MakeExample(random, i * tasks / count, classes, tasks))];
    }

    /// <summary>How many of them are learned.</summary>
    public static int Training(IEnumerable<Example> examples) => examples.Count(example => !example.IsTest);

    public static string[] JsonLines(IEnumerable<Example> examples) => [.. examples.Select(example => JsonSerializer.Serialize(new
    {
        text = ((TextInput)example.Input).Text,
        label = example.Label,
        task = example.Task,
        split = example.IsTest ? "test" : "train",
    }))];

    private static Example MakeExample(Random random, int task, int classes, int tasks)
    {
        int topic = (random.Next(classes / tasks + 1) * tasks + task) % classes;
        int label = random.Next(8) == 0 ? (topic + tasks) % classes : topic;
        IEnumerable<string> words = Enumerable.Range(0, 6).Select(
            i => i < 2 ? $"topic{topic}word{random.Next(9)}" : $"common{random.Next(40)}");
        return new Example(new TextInput(string.Join(' ', words)), $"class {label}", $"task {task}", random.Next(4) == 0);
    }
}
