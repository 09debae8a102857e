using System.Collections;
using System.Runtime.CompilerServices;

namespace NestedLearning.Tensors;

/// <summary>
/// The sizes of a tensor's axes, outermost first; values lie row-major. No axes, <c>[]</c>, is the shape of a single number.
/// Written as a collection: <c>Shape shape = [2, 3];</c>.
/// </summary>
[CollectionBuilder(typeof(Shape), nameof(Create))]
public sealed class Shape : IEquatable<Shape>, IEnumerable<int>
{
    private readonly int[] _dimensions;

    private Shape(int[] dimensions, int elementCount)
    {
        _dimensions = dimensions;
        ElementCount = elementCount;
    }

    /// <summary>The shape of a single number.</summary>
    public static Shape Scalar { get; } = new([], 1);

    /// <summary>The number of axes.</summary>
    public int Rank => _dimensions.Length;

    /// <summary>The product of all sizes; 1 without axes.</summary>
    public int ElementCount { get; }

    /// <summary>The sizes, outermost first.</summary>
    public ReadOnlySpan<int> Dimensions => _dimensions;

    /// <summary>The size of one axis; <c>^1</c> is the innermost.</summary>
    public int this[Index axis] => _dimensions[axis];

    /// <summary>A shape with these sizes.</summary>
    /// <exception cref="ShapeException">A size is negative, or there are more than 2,147,483,647 elements.</exception>
    public static Shape Create(ReadOnlySpan<int> dimensions)
    {
        long count = 1;
        bool fits = true;
        foreach (int size in dimensions)
        {
            fits &= size >= 0;
            count = Math.Min(count * Math.Max(size, 0), int.MaxValue + 1L);
        }

        if (!fits || count > int.MaxValue)
        {
            throw new ShapeException(
                nameof(Shape), nameof(dimensions), Describe(dimensions), $"sizes of 0 or more and at most {int.MaxValue} elements");
        }

        return new Shape(dimensions.ToArray(), (int)count);
    }

    /// <summary>Sizes or axes as "[2, 3]".</summary>
    internal static string Describe(ReadOnlySpan<int> dimensions) => $"[{string.Join(", ", dimensions.ToArray())}]";

    /// <inheritdoc/>
    public bool Equals(Shape? other) => other is not null && Dimensions.SequenceEqual(other.Dimensions);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Shape);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        HashCode hash = default;
        foreach (int size in _dimensions)
        {
            hash.Add(size);
        }

        return hash.ToHashCode();
    }

    /// <summary>The sizes as "[2, 3]".</summary>
    public override string ToString() => Describe(_dimensions);

    /// <inheritdoc/>
    public IEnumerator<int> GetEnumerator() => ((IEnumerable<int>)_dimensions).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
