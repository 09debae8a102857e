using System.Diagnostics.Metrics;

namespace NestedLearning.Grains.Tests;

/// <summary>Adds up what one counter of the grains counts while this lives; of one value of a tag, if there is one.</summary>
internal sealed class CountedMeasurements : IDisposable
{
    /// <summary>Tests that count, or that something is counted of, run one after another.</summary>
    public const string Collection = "Counted";

    private readonly MeterListener _listener = new();
    private long _total;

    public CountedMeasurements(string instrument, string? tag = null, string? value = null)
    {
        _listener.InstrumentPublished = (published, listener) =>
        {
            if (published.Meter.Name == "NestedLearning.Grains" && published.Name == instrument)
            {
                listener.EnableMeasurementEvents(published);
            }
        };
        _listener.SetMeasurementEventCallback<long>((_, measurement, tags, _) =>
        {
            if (tag is null || tags.ToArray().Contains(new KeyValuePair<string, object?>(tag, value)))
            {
                Interlocked.Add(ref _total, measurement);
            }
        });
        _listener.Start();
    }

    public long Total => Interlocked.Read(ref _total);

    public void Dispose() => _listener.Dispose();
}
