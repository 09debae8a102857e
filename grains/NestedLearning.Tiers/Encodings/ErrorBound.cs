namespace NestedLearning.Tiers;

/// <summary>
/// The most by which an encoding changes a value: a part of the value, plus a part of the largest magnitude in its
/// block or row, plus a constant for values near the smallest that float32 holds.
/// </summary>
/// <param name="OfValue">Relative to the value itself.</param>
/// <param name="OfPeak">Relative to the largest magnitude in the value's block.</param>
/// <param name="Absolute">Whatever the value.</param>
internal readonly record struct ErrorBound(double OfValue, double OfPeak, double Absolute)
{
    /// <summary>Every value comes back to the bit.</summary>
    public static ErrorBound Exact => default;

    /// <summary>The bound for one value in a block of this largest magnitude.</summary>
    public double For(double value, double peak) => (OfValue * Math.Abs(value)) + (OfPeak * peak) + Absolute;
}
