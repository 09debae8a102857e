namespace NestedLearning.Gateway.Dashboard.Recording;

/// <summary>Events that were learned, and how many of them were predicted correctly just before.</summary>
/// <param name="Learned">All of them.</param>
/// <param name="Correct">Those predicted correctly.</param>
public readonly record struct Score(long Learned, long Correct)
{
    /// <summary>The share predicted correctly, 0 to 1; null where nothing was learned.</summary>
    public double? Accuracy => Learned == 0 ? null : (double)Correct / Learned;

    /// <summary>Both together.</summary>
    public static Score operator +(Score left, Score right) => new(left.Learned + right.Learned, left.Correct + right.Correct);
}
