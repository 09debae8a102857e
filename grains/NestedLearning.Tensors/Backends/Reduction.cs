namespace NestedLearning.Tensors;

/// <summary>What becomes of the elements along the axes that a reduction removes.</summary>
public enum Reduction
{
    /// <summary>Their sum; 0 of no elements.</summary>
    Sum,

    /// <summary>Their mean; there must be at least one.</summary>
    Mean,

    /// <summary>The largest; there must be at least one.</summary>
    Max,
}
