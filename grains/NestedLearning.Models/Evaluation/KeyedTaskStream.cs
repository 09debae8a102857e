using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>An example as learners see it.</summary>
/// <param name="Key">The features, with indices below the stream's number of features.</param>
/// <param name="Label">The class by its index in the stream.</param>
public readonly record struct KeyedExample(SparseVector Key, int Label);

/// <summary>One task of a <see cref="KeyedTaskStream"/>.</summary>
/// <param name="Name">The task's name in the data.</param>
/// <param name="Train">What is learned, in stream order.</param>
/// <param name="Test">What is measured.</param>
public sealed record KeyedTask(string Name, IReadOnlyList<KeyedExample> Train, IReadOnlyList<KeyedExample> Test);

/// <summary>
/// A stream of tasks whose keys are made once and shared by all that run over it: the learner and its baselines.
/// Keys of features that the caller made are taken as they are.
/// </summary>
public sealed class KeyedTaskStream
{
    private KeyedTaskStream(int features, IReadOnlyList<string> classes, IReadOnlyList<KeyedTask> tasks)
    {
        Features = features;
        Classes = classes;
        Tasks = tasks;
    }

    /// <summary>The length D of a key.</summary>
    public int Features { get; }

    /// <summary>The labels in the order in which the stream first trains on them.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>The tasks in stream order.</summary>
    public IReadOnlyList<KeyedTask> Tasks { get; }

    /// <summary>The number of training examples.</summary>
    public int Events => Tasks.Sum(task => task.Train.Count);

    /// <summary>Makes the keys of <paramref name="stream"/>.</summary>
    /// <exception cref="ShapeException">Given features have an index that <paramref name="featurizer"/> does not make.</exception>
    public static KeyedTaskStream Create(
        TaskStream stream, TextFeaturizer featurizer, CancellationToken cancellationToken = default)
    {
        var tasks = new List<KeyedTask>(stream.Tasks.Count);
        foreach (StreamTask task in stream.Tasks)
        {
            cancellationToken.ThrowIfCancellationRequested();
            tasks.Add(new KeyedTask(task.Name, [.. task.Train.Select(Keyed)], [.. task.Test.Select(Keyed)]));
        }

        return new KeyedTaskStream(featurizer.Features, stream.Classes, tasks);

        KeyedExample Keyed(Example example) => new(KeyOf(example.Input, featurizer), stream.ClassOf(example.Label));
    }

    private static SparseVector KeyOf(ModelInput input, TextFeaturizer featurizer)
    {
        if (input is TextInput text)
        {
            return featurizer.Extract(text.Text);
        }

        SparseVector features = ((FeatureInput)input).Features;
        return features.Count == 0 || features.Indices.Span[^1] < featurizer.Features
            ? features
            : throw new ShapeException(
                nameof(KeyedTaskStream), "features", $"index {features.Indices.Span[^1]}", $"indices below {featurizer.Features}");
    }
}
