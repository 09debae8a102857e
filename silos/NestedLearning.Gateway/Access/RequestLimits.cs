using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using NestedLearning.Gateway.Metrics;
using NestedLearning.Tiers;

namespace NestedLearning.Gateway.Access;

/// <summary>How many requests a key may make; each process counts for itself.</summary>
internal static class RequestLimits
{
    private const int SecondsPerMinute = 60;

    public static void AddRequestLimits(this IServiceCollection services)
    {
        services.AddRateLimiter(limiter => limiter.OnRejected = RejectAsync);
        services.AddOptions<RateLimiterOptions>().Configure<IOptions<GatewayOptions>>((limiter, options) =>
            limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, Bucket>(context => PartitionOf(context, options.Value)));
    }

    /// <summary>A bucket that holds a minute's worth and fills evenly, in steps of a second or more.</summary>
    public static TokenBucketRateLimiterOptions PerMinute(int count, int queue) => new()
    {
        TokenLimit = count,
        TokensPerPeriod = Math.Max(1, count / SecondsPerMinute),
        ReplenishmentPeriod = TimeSpan.FromSeconds(Math.Max(1, (double)SecondsPerMinute / count)),
        QueueLimit = queue,
    };

    /// <summary>A key whose limit was changed begins with a bucket of the new size.</summary>
    private static RateLimitPartition<Bucket> PartitionOf(HttpContext context, GatewayOptions options) =>
        context.Features.Get<Caller>() is { } caller
            ? RateLimitPartition.GetTokenBucketLimiter(
                new Bucket(caller.Name, caller.Key?.RequestsPerMinute ?? options.MaxRequestsPerMinute), bucket => PerMinute(bucket.Size, queue: 0))
            : RateLimitPartition.GetNoLimiter(new Bucket("", 0));

    private static async ValueTask RejectAsync(OnRejectedContext rejected, CancellationToken cancellationToken)
    {
        TimeSpan wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out TimeSpan after) ? after : TimeSpan.FromSeconds(1);
        TimeSpan whole = TimeSpan.FromSeconds(Math.Max(1, Math.Ceiling(wait.TotalSeconds)));
        rejected.HttpContext.Response.Headers.RetryAfter = whole.TotalSeconds.ToString("0", CultureInfo.InvariantCulture);
        GatewayMetrics.RefusedRequests.Add(1, KeyValuePair.Create<string, object?>("status", StatusCodes.Status429TooManyRequests));
        await ApiErrors.WriteAsync(rejected.HttpContext.Response, AccessProblems.TooMany(whole));
    }

    private readonly record struct Bucket(string Caller, int Size);
}
