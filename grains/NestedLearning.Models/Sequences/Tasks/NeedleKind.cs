namespace NestedLearning.Models;

/// <summary>What is hidden in a long text (as in RULER, arXiv 2404.06654).</summary>
public enum NeedleKind
{
    /// <summary>One pass key.</summary>
    PassKey = 0,

    /// <summary>The number of one city.</summary>
    Number = 1,

    /// <summary>The numbers of several cities, of which one is asked for.</summary>
    MultiKey = 2,
}
