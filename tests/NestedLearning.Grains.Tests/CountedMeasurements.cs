using System.Diagnostics.Metrics;

namespace NestedLearning.Grains.Tests;

/// <summary>Adds up what one counter of the grains counts while this lives, by the value of one tag.</summary>
internal sealed class CountedMeasurements : IDisposable
{
    private readonly MeterListener _listener = new();
    private long _total;

    public CountedMeasurements(string instrument, string tag, string value)
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
            if (tags.ToArray().Contains(new KeyValuePair<string, object?>(tag, value)))
            {
                Interlocked.Add(ref _total, measurement);
            }
        });
        _listener.Start();
    }

    public long Total => Interlocked.Read(ref _total);

    public void Dispose() => _listener.Dispose();
}
