namespace NestedLearning.Tensors;

/// <summary>How a tape behaves.</summary>
public sealed record TapeOptions
{
    /// <summary>
    /// Whether every result is checked for NaN and infinity, in gradients too. A <see cref="NotFiniteException"/> then names
    /// the first operation that made one. Each check reads the whole result; the default is not to check. Mask with large
    /// finite numbers where this is on.
    /// </summary>
    public bool RequireFinite { get; init; }
}
