using Microsoft.Extensions.Options;
using NestedLearning.Gateway.Metrics;
using NestedLearning.Tiers;

namespace NestedLearning.Gateway.Feeding;

/// <summary>How many feeds may be open at once: each costs memory, also while nothing comes.</summary>
internal sealed class FeedPlaces(IOptions<GatewayOptions> options)
{
    private int _taken;

    /// <summary>Takes a place until it is disposed of.</summary>
    /// <param name="kind">What carries the feed, for the metrics.</param>
    /// <exception cref="BusyException">There is none.</exception>
    public Place Enter(string kind)
    {
        if (Interlocked.Increment(ref _taken) > options.Value.MaxFeeds)
        {
            Interlocked.Decrement(ref _taken);
            throw new BusyException("The gateway");
        }

        KeyValuePair<string, object?> tag = new("kind", kind);
        GatewayMetrics.OpenFeeds.Add(1, tag);
        return new Place(this, tag);
    }

    private void Leave(KeyValuePair<string, object?> tag)
    {
        Interlocked.Decrement(ref _taken);
        GatewayMetrics.OpenFeeds.Add(-1, tag);
    }

    /// <summary>A place that is taken.</summary>
    internal sealed class Place(FeedPlaces places, KeyValuePair<string, object?> tag) : IDisposable
    {
        public void Dispose() => places.Leave(tag);
    }
}
