using System.Threading.RateLimiting;

namespace NestedLearning.Gateway.Access;

/// <summary>
/// How many events a key may teach. A stream beyond that is not refused, as it would have to come again: it is read later,
/// and its sender waits.
/// </summary>
internal sealed class EventQuota : IAsyncDisposable
{
    private readonly PartitionedRateLimiter<Share> _limiter = PartitionedRateLimiter.Create<Share, Share>(share =>
        RateLimitPartition.GetTokenBucketLimiter(share, one => RequestLimits.PerMinute(one.PerMinute, queue: int.MaxValue)));

    /// <summary>Returns once the caller may teach some more events.</summary>
    public async ValueTask WaitAsync(Caller caller, int events, CancellationToken cancellationToken)
    {
        if (caller.Key?.EventsPerMinute is not { } limit)
        {
            return;
        }

        Share share = new(caller.Name, limit);
        for (int left = events; left > 0; left -= limit)
        {
            using RateLimitLease lease = await _limiter.AcquireAsync(share, Math.Min(left, limit), cancellationToken);
        }
    }

    public ValueTask DisposeAsync() => _limiter.DisposeAsync();

    private readonly record struct Share(string Caller, int PerMinute);
}
