using System.Diagnostics.Metrics;

namespace NestedLearning.Gateway.Metrics;

/// <summary>What one instrument measured with one set of tags.</summary>
/// <param name="instrument">The instrument.</param>
/// <param name="labels">Its tags as the text page writes them, without braces; empty for none.</param>
internal sealed class MetricSeries(Instrument instrument, string labels)
{
    /// <summary>In seconds, for histograms that do not say what suits them.</summary>
    private static readonly double[] StandardBounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    private readonly Lock _lock = new();
    private readonly double[] _bounds = BoundsOf(instrument);
    private readonly long[] _buckets = new long[BoundsOf(instrument).Length + 1];
    private long _count;
    private double _value;

    public Instrument Instrument => instrument;

    public string Labels => labels;

    /// <summary>Takes a measurement in: changes add up, and what is observed as a whole replaces what was there.</summary>
    public void Record(double value)
    {
        lock (_lock)
        {
            _value = PrometheusNames.IsChange(instrument) ? _value + value : value;
            _count++;
            int bucket = Array.BinarySearch(_bounds, value);
            _buckets[bucket < 0 ? ~bucket : bucket]++;
        }
    }

    /// <summary>How it stands: the sum or the newest value, and for histograms how many values are at most as large as each bound.</summary>
    public (double Value, long Count, IReadOnlyList<(double Bound, long Count)> Buckets) Read()
    {
        lock (_lock)
        {
            long below = 0;
            (double, long)[] buckets = new (double, long)[_bounds.Length];
            for (int i = 0; i < buckets.Length; i++)
            {
                below += _buckets[i];
                buckets[i] = (_bounds[i], below);
            }

            return (_value, _count, buckets);
        }
    }

    private static double[] BoundsOf(Instrument instrument) => instrument switch
    {
        Histogram<double> { Advice.HistogramBucketBoundaries: { } bounds } => [.. bounds],
        Histogram<long> { Advice.HistogramBucketBoundaries: { } bounds } => [.. bounds.Select(bound => (double)bound)],
        _ when PrometheusNames.IsHistogram(instrument) => StandardBounds,
        _ => [],
    };
}
