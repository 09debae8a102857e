namespace NestedLearning.Models;

/// <summary>What a fast memory sends up for a shared level at the end of a period.</summary>
public enum UpdateKind : byte
{
    /// <summary>The sum of the gradients over the period (Nested Learning, Eq. 71): exact.</summary>
    Gradient = 0,

    /// <summary>Local parameters minus the base version after local steps (DiLoCo).</summary>
    Delta = 1,

    /// <summary>Additive sufficient statistics of an associative memory: exact in any order and partition.</summary>
    Statistics = 2,
}
