namespace NestedLearning.Models;

/// <summary>A figure measured with several seeds.</summary>
/// <param name="Seeds">The number of measurements.</param>
/// <param name="Mean">Their mean.</param>
/// <param name="StandardDeviation">The sample standard deviation (over n - 1); null for a single measurement.</param>
public readonly record struct SeedSpread(int Seeds, double Mean, double? StandardDeviation)
{
    /// <summary>Sums up measurements; at least one.</summary>
    public static SeedSpread Of(IReadOnlyList<double> values)
    {
        ArgumentOutOfRangeException.ThrowIfZero(values.Count, nameof(values));
        double mean = values.Average();
        double squares = values.Sum(value => (value - mean) * (value - mean));
        return new SeedSpread(values.Count, mean, values.Count == 1 ? null : Math.Sqrt(squares / (values.Count - 1)));
    }
}
