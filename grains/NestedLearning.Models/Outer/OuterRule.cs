namespace NestedLearning.Models;

/// <summary>How a shared level turns a round's direction g into its next parameters θ.</summary>
public enum OuterRule
{
    /// <summary><c>θ ← θ − η g</c>.</summary>
    Sgd,

    /// <summary>Heavy ball: <c>m ← μ m + g; θ ← θ − η m</c> (Nested Learning, Eq. 33).</summary>
    Momentum,

    /// <summary>Nesterov's look-ahead: <c>m ← μ m + g; θ ← θ − η (g + μ m)</c> (DiLoCo, arXiv 2311.08105).</summary>
    Nesterov,

    /// <summary>Adam with decoupled weight decay (arXiv 1711.05101).</summary>
    AdamW,
}
