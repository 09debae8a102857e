namespace NestedLearning.Tensors;

/// <summary>One tensor of a file.</summary>
/// <param name="Name">Its name, whatever the file calls it.</param>
/// <param name="Type">The type of its elements.</param>
/// <param name="Shape">Its sizes; none for a single number.</param>
/// <param name="Begin">Where its bytes begin, from the end of the header on.</param>
/// <param name="End">Where they end.</param>
public sealed record SafetensorsEntry(string Name, SafetensorsType Type, IReadOnlyList<int> Shape, long Begin, long End)
{
    /// <summary>The number of elements.</summary>
    public int ElementCount => (int)((End - Begin) / Type.Size);

    /// <inheritdoc/>
    public override string ToString() => $"{Name} {Type.Name} [{string.Join(", ", Shape)}]";
}
