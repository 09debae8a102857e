namespace NestedLearning.Models;

/// <summary>What the memories of self-modifying Titans are.</summary>
public enum MemoryKind
{
    /// <summary>Matrices, of which one state for each head stands for all.</summary>
    Matrix = 0,

    /// <summary>Residual MLPs of two layers (Nested Learning, Eq. 89), five for each head. They cost some times as much.</summary>
    Mlp = 1,
}
