using NestedLearning.Tiers;
using Polly;
using Polly.Retry;

namespace NestedLearning.Client;

/// <summary>The one place that says what is tried again, and when. The protocol knows repeats, so everything may be.</summary>
internal static class Resilience
{
    public static ResiliencePipeline Create(HttpClusterOptions options)
    {
        if (options.MaxRetries == 0)
        {
            return ResiliencePipeline.Empty;
        }

        return new ResiliencePipelineBuilder { TimeProvider = options.Time }
            .AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = new PredicateBuilder()
                    .Handle<ServerUnreachableException>()
                    .Handle<StoreException>(error => error.Problem == StoreProblem.Unavailable),
                MaxRetryAttempts = options.MaxRetries,
                Delay = options.RetryDelay,
                MaxDelay = options.MaxRetryDelay,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                DelayGenerator = arguments => ValueTask.FromResult(
                    arguments.Outcome.Exception is ServerUnreachableException { RetryAfter: { } wait } ? Shorter(wait, options.MaxRetryDelay) : (TimeSpan?)null),
            })
            .Build();
    }

    /// <summary>A server may ask for a longer pause, but not for one without end.</summary>
    private static TimeSpan Shorter(TimeSpan wait, TimeSpan longest) => wait < longest ? wait : longest;
}
