using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace NestedLearning.Gateway.Metrics;

/// <summary>Keeps what the meters of this process measure, for whoever asks. Of tags that never end, it keeps the first ones only.</summary>
internal sealed class MetricsCollector : IDisposable
{
    private const int MaxSeries = 10_000;

    private static readonly string[] Meters =
        ["NestedLearning.", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.AspNetCore.RateLimiting", "Microsoft.Orleans", "System.Runtime"];

    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<(Instrument, string), MetricSeries> _series = new();

    public MetricsCollector()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (Meters.Any(meter => instrument.Meter.Name.StartsWith(meter, StringComparison.Ordinal)))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Record(instrument, value, tags));
        _listener.SetMeasurementEventCallback<float>((instrument, value, tags, _) => Record(instrument, value, tags));
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Record(instrument, value, tags));
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Record(instrument, value, tags));
        _listener.Start();
    }

    /// <summary>Everything as it stands, by instrument.</summary>
    public IEnumerable<IGrouping<Instrument, MetricSeries>> Read()
    {
        _listener.RecordObservableInstruments();
        return _series.Values
            .OrderBy(series => series.Instrument.Name, StringComparer.Ordinal).ThenBy(series => series.Labels, StringComparer.Ordinal)
            .GroupBy(series => series.Instrument);
    }

    public void Dispose() => _listener.Dispose();

    private void Record(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        (Instrument, string) key = (instrument, PrometheusNames.LabelsOf(tags));
        if (!_series.TryGetValue(key, out MetricSeries? series) && _series.Count < MaxSeries)
        {
            series = _series.GetOrAdd(key, static one => new MetricSeries(one.Item1, one.Item2));
        }

        series?.Record(value);
    }
}
