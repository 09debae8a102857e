using System.Diagnostics;

namespace NestedLearning.Cluster.Benchmarks;

/// <summary>How long calls took.</summary>
internal sealed class Latencies
{
    private readonly Lock _lock = new();
    private readonly List<TimeSpan> _times = [];

    public TimeSpan Median => Quantile(0.5);

    /// <summary>Makes a call and keeps how long it took.</summary>
    public async Task<T> MeasureAsync<T>(Func<ValueTask<T>> call)
    {
        long start = Stopwatch.GetTimestamp();
        T result = await call();
        TimeSpan time = Stopwatch.GetElapsedTime(start);
        lock (_lock)
        {
            _times.Add(time);
        }

        return result;
    }

    /// <summary>The time that this share of the calls stayed within.</summary>
    public TimeSpan Quantile(double share)
    {
        lock (_lock)
        {
            _times.Sort();
            return _times[Math.Min((int)(share * _times.Count), _times.Count - 1)];
        }
    }
}
