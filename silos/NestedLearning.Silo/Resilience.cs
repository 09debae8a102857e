using System.Net.Sockets;
using Azure;
using Azure.Core;
using Azure.Storage.Blobs;
using Npgsql;
using Polly;
using Polly.Retry;

namespace NestedLearning.Silo;

/// <summary>How this process repeats its own calls to what it depends on. Calls between tiers have their own pipelines.</summary>
internal static class Resilience
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(4);

    /// <summary>
    /// Repeats a call to a service that does not answer, until the patience is over; then the last error is the caller's.
    /// For starts: what is not there yet may be starting too.
    /// </summary>
    public static ResiliencePipeline Patient(TimeSpan patience, TimeProvider time, Action<Exception> onRetry)
    {
        long start = time.GetTimestamp();
        return new ResiliencePipelineBuilder { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = arguments => new ValueTask<bool>(
                    arguments.Outcome.Exception is { } error && IsNoAnswer(error) && time.GetElapsedTime(start) < patience),
                MaxRetryAttempts = int.MaxValue,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = FirstDelay,
                MaxDelay = LongestDelay,
                OnRetry = arguments =>
                {
                    onRetry(arguments.Outcome.Exception!);
                    return default;
                },
            })
            .Build();
    }

    /// <summary>How the blob client repeats its calls: saves are guarded by tags, so a repeated one does no harm.</summary>
    public static BlobClientOptions Blobs() => new()
    {
        Retry =
        {
            Mode = RetryMode.Exponential,
            MaxRetries = 4,
            Delay = FirstDelay,
            MaxDelay = LongestDelay,
            NetworkTimeout = TimeSpan.FromSeconds(30),
        },
    };

    /// <summary>Whether an error says that a service is not there or not ready, which time may mend.</summary>
    public static bool IsNoAnswer(Exception error) => error switch
    {
        PostgresException database => database.IsTransient,
        NpgsqlException or SocketException or TimeoutException or HttpRequestException => true,
        RequestFailedException blobs => blobs.Status is 0 or 429 or >= 500,
        AggregateException several => several.InnerExceptions.All(IsNoAnswer),
        _ => false,
    };
}
