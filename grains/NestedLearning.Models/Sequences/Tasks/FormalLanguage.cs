namespace NestedLearning.Models;

/// <summary>What is asked of every beginning of a random word (as in arXiv 2207.02098).</summary>
public enum FormalLanguage
{
    /// <summary>Whether the number of ones is odd: words of 0 and 1.</summary>
    Parity = 0,

    /// <summary>Whether the neighbours that differ are odd in number, that is whether the ends differ: words of 0 and 1.</summary>
    EvenPairs = 1,

    /// <summary>Where on a cycle of 5 places one is: words of steps back, none and forth.</summary>
    CycleNavigation = 2,

    /// <summary>What a chain of digits that are added and subtracted is, modulo 5: words of digits and signs in turn.</summary>
    ModularArithmetic = 3,

    /// <summary>Whether there are more ones than zeros: words of 0 and 1, asked where there is no tie. It needs a count, where the others need a few states.</summary>
    Majority = 4,
}
