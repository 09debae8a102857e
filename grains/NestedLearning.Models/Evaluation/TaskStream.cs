namespace NestedLearning.Models;

/// <summary>One task of a stream.</summary>
/// <param name="Name">The task's name in the data.</param>
/// <param name="Train">What is learned, in stream order; at least one.</param>
/// <param name="Test">What is measured; may be empty.</param>
public sealed record StreamTask(string Name, IReadOnlyList<Example> Train, IReadOnlyList<Example> Test);

/// <summary>
/// Examples grouped into tasks that follow each other. Within a task the examples keep their order.
/// </summary>
public sealed class TaskStream
{
    private readonly Dictionary<string, int> _classIndex = new(StringComparer.Ordinal);

    private TaskStream(IReadOnlyList<StreamTask> tasks)
    {
        Tasks = tasks;
        foreach (Example example in tasks.SelectMany(task => task.Train))
        {
            _classIndex.TryAdd(example.Label, _classIndex.Count);
        }

        Classes = [.. _classIndex.OrderBy(entry => entry.Value).Select(entry => entry.Key)];
        if (tasks.SelectMany(task => task.Test).FirstOrDefault(test => !_classIndex.ContainsKey(test.Label)) is { } test)
        {
            throw new TaskStreamException(
                test.Label, $"The label '{test.Label}' has test examples but no training examples; every label needs both.");
        }
    }

    /// <summary>The tasks in stream order.</summary>
    public IReadOnlyList<StreamTask> Tasks { get; }

    /// <summary>The labels in the order in which the stream first trains on them.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>The index of <paramref name="label"/> in <see cref="Classes"/>.</summary>
    /// <exception cref="TaskStreamException">The label never occurs.</exception>
    public int ClassOf(string label) =>
        _classIndex.TryGetValue(label, out int index)
            ? index
            : throw new TaskStreamException(label, $"The label '{label}' does not occur in the stream's training examples.");

    /// <summary>Tasks in the order of their first training example.</summary>
    /// <exception cref="TaskStreamException">
    /// There are no training or no test examples, or a test example's task or label never occurs in training.
    /// </exception>
    public static TaskStream InOrderOfAppearance(IEnumerable<Example> examples) => new(Group(examples));

    /// <summary>Tasks in a given order, which names each of them once.</summary>
    /// <exception cref="TaskStreamException">
    /// As for <see cref="InOrderOfAppearance"/>; or the order names an unknown task, repeats one or leaves one out.
    /// </exception>
    public static TaskStream InOrder(IEnumerable<Example> examples, IReadOnlyList<string> order)
    {
        List<StreamTask> rest = Group(examples);
        var ordered = new List<StreamTask>();
        foreach (string name in order)
        {
            StreamTask task = rest.Find(candidate => candidate.Name == name) ?? throw new TaskStreamException(
                name, $"The order names the task '{name}', which is unknown or named before; left: {Names(rest)}.");
            rest.Remove(task);
            ordered.Add(task);
        }

        return rest.Count == 0 ? new TaskStream(ordered) : throw new TaskStreamException(
            rest[0].Name, $"The order of tasks leaves out {Names(rest)}; it has to name every task once.");
    }

    /// <summary>Tasks in a random order that <paramref name="seed"/> fixes.</summary>
    /// <exception cref="TaskStreamException">As for <see cref="InOrderOfAppearance"/>.</exception>
    public static TaskStream InRandomOrder(IEnumerable<Example> examples, int seed)
    {
        StreamTask[] tasks = [.. Group(examples)];
        new Random(seed).Shuffle(tasks);
        return new TaskStream(tasks);
    }

    private static List<StreamTask> Group(IEnumerable<Example> examples)
    {
        List<Example> all = [.. examples];
        if (!all.Exists(example => !example.IsTest))
        {
            throw new TaskStreamException(null, "There are no training examples; a stream needs at least one.");
        }

        if (!all.Exists(example => example.IsTest))
        {
            throw new TaskStreamException(null, "There are no test examples; mark some, or make a cut of the training examples.");
        }

        ILookup<string, Example> tests = all.Where(example => example.IsTest).ToLookup(example => example.Task, StringComparer.Ordinal);
        var tasks = all.Where(example => !example.IsTest).GroupBy(example => example.Task, StringComparer.Ordinal)
            .Select(train => new StreamTask(train.Key, [.. train], [.. tests[train.Key]])).ToList();
        var known = tasks.Select(task => task.Name).ToHashSet(StringComparer.Ordinal);
        return tests.FirstOrDefault(test => !known.Contains(test.Key)) is { } unknown
            ? throw new TaskStreamException(
                unknown.Key, $"The task '{unknown.Key}' has test examples but no training examples; known: {Names(tasks)}.")
            : tasks;
    }

    private static string Names(IEnumerable<StreamTask> tasks) => string.Join(", ", tasks.Select(task => $"'{task.Name}'"));
}
