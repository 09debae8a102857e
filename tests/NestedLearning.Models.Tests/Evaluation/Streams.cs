using NestedLearning.Tensors;

namespace NestedLearning.Models.Tests.Evaluation;

/// <summary>Small data made for tests.</summary>
internal static class Streams
{
    public static Example Train(string text, string label, string task) => new(new TextInput(text), label, task, false);

    public static Example Test(string text, string label, string task) => new(new TextInput(text), label, task, true);

    /// <summary>A key with the given entries.</summary>
    public static SparseVector Key(params (int Index, float Value)[] entries) => new(
        entries.Select(entry => (ushort)entry.Index).ToArray(), entries.Select(entry => entry.Value).ToArray());

    /// <summary>
    /// Three tasks of two labels. A text has a word of its label and one that all labels share, so a model that only
    /// learns each label's own word is right everywhere.
    /// </summary>
    public static KeyedTaskStream Separable(int features = 1024)
    {
        var examples = new List<Example>();
        for (int label = 0; label < 6; label++)
        {
            for (int i = 0; i < 40; i++)
            {
                string text = $"{(char)('a' + label)}{(char)('a' + label)}q common{i % 5}";
                examples.Add(new Example(new TextInput(text), $"label{label}", $"task{label / 2}", i % 4 == 0));
            }
        }

        var random = new Random(1);
        Example[] shuffled = [.. examples];
        random.Shuffle(shuffled);
        return KeyedTaskStream.Create(
            TaskStream.InOrder(shuffled, ["task0", "task1", "task2"]), new TextFeaturizer(features));
    }
}
