namespace NestedLearning.Models;

/// <summary>How M3's memories add up gradients.</summary>
public enum M3Averages
{
    /// <summary>Each forgets: exponential averages.</summary>
    Exponential,

    /// <summary>None forgets: the sums of Algorithm 1 as published.</summary>
    Sums,
}
