namespace NestedLearning.Models;

/// <summary>
/// The classes a model knows, numbered from 0 in the order they appeared. Numbers never change meaning within a table,
/// so a shared level's table only grows.
/// </summary>
/// <param name="known">
/// The table that this one goes on from, which takes no more classes from then on: all memories at one version share it.
/// </param>
internal sealed class ClassTable(ClassTable? known = null)
{
    /// <summary>The most classes that a table can number.</summary>
    public const int MaxCount = ushort.MaxValue + 1;

    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly List<string> _labels = [];

    public int Count => KnownCount + _labels.Count;

    public IEnumerable<string> Labels => known is null ? _labels : known.Labels.Concat(_labels);

    private int KnownCount => known?.Count ?? 0;

    public string this[int number] => number < KnownCount ? known![number] : _labels[number - KnownCount];

    /// <summary>A table of these labels, in their order.</summary>
    public static ClassTable Of(IEnumerable<string> labels)
    {
        ClassTable table = new();
        foreach (string label in labels)
        {
            table.Number(label);
        }

        return table;
    }

    /// <summary>The number of a class, given one now if it is new.</summary>
    public int Number(string label)
    {
        if (Find(label) is { } number)
        {
            return number;
        }

        _numbers.Add(label, Count);
        _labels.Add(label);
        return Count - 1;
    }

    public bool Contains(string label) => Find(label) is not null;

    /// <summary>The number of a class; null when it is not here.</summary>
    public int? Find(string label) =>
        _numbers.TryGetValue(label, out int number) ? number : known?.Find(label);
}
