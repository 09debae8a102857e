namespace NestedLearning.Models;

/// <summary>
/// The classes a model knows, numbered from 0 in the order they appeared. Numbers never change meaning within a table,
/// so a shared level's table only grows.
/// </summary>
internal sealed class ClassTable
{
    /// <summary>The most classes that a table can number.</summary>
    public const int MaxCount = ushort.MaxValue + 1;

    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly List<string> _labels = [];

    public ClassTable(IEnumerable<string> labels)
    {
        foreach (string label in labels)
        {
            Number(label);
        }
    }

    public int Count => _labels.Count;

    public IReadOnlyList<string> Labels => _labels;

    public string this[int number] => _labels[number];

    /// <summary>The number of a class, given one now if it is new.</summary>
    public int Number(string label)
    {
        if (!_numbers.TryGetValue(label, out int number))
        {
            number = _labels.Count;
            _numbers.Add(label, number);
            _labels.Add(label);
        }

        return number;
    }

    public bool Contains(string label) => _numbers.ContainsKey(label);
}
