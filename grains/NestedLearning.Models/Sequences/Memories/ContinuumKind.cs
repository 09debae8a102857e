namespace NestedLearning.Models;

/// <summary>How the MLPs of a continuum memory go together (Nested Learning, Section 7.1).</summary>
public enum ContinuumKind
{
    /// <summary>Each reads what the one before has made of a token, the fastest first (Eq. 70).</summary>
    Sequential = 0,

    /// <summary>
    /// There is one MLP. The slowest level holds its initial state; each faster level holds how far it has moved from the state of the next
    /// slower one, and begins there again, at 0, when a period of that one ends (Eq. 72). So the MLP is that of the sum of all levels, and what a
    /// level learns is its gradient there: a slower one learns from which state the faster learn best, to first order (arXiv 1803.02999).
    /// </summary>
    Nested = 1,

    /// <summary>All read the same token, and what they make of it is added with learned weights (Eq. 73–74).</summary>
    Independent = 2,
}
