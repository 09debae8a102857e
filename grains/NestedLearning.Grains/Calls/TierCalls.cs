using System.Runtime.ExceptionServices;
using Microsoft.Extensions.Options;
using NestedLearning.Tiers;
using Orleans.Runtime.Messaging;
using Polly;
using Polly.Retry;

namespace NestedLearning.Grains;

/// <summary>
/// The one place that says what between tiers is tried again, and when. The protocol knows repeats, so everything may be.
/// </summary>
/// <remarks>
/// The timeout of one attempt is the response timeout of Orleans, and its membership is the circuit breaker: calls to a
/// silo that is declared dead fail at once, and reach the next one when they are repeated.
/// </remarks>
public sealed class TierCalls(IOptions<TierCallOptions> options)
{
    private readonly ResiliencePipeline _outer = Create(options.Value, options.Value.MaxRetries);
    private readonly ResiliencePipeline _inner = Create(options.Value, Math.Min(options.Value.MaxRetries, 2));

    /// <summary>Makes a call into the cluster, again while what is wrong may pass.</summary>
    public ValueTask<T> AskAsync<T>(Func<CancellationToken, ValueTask<T>> call, CancellationToken cancellationToken) =>
        AskAsync(_outer, call, cancellationToken);

    /// <summary>
    /// Makes a call between two tiers, and repeats it only for a moment: the turn of an owner waits for it, and whoever
    /// called the owner has more patience.
    /// </summary>
    public ValueTask<T> AskOnceMoreAsync<T>(Func<CancellationToken, ValueTask<T>> call, CancellationToken cancellationToken) =>
        AskAsync(_inner, call, cancellationToken);

    /// <summary>Whether the same call, a little later, may reach a silo that can do it.</summary>
    public static bool MayPass(Exception error) => error
        is BusyException or StoppingException or TimeoutException or SiloUnavailableException or OrleansMessageRejectionException
        or ConnectionFailedException or ClientNotAvailableException or GatewayTooBusyException;

    /// <summary>
    /// A call that goes well does without the pipeline, whose way costs as much as a third of a small call between silos.
    /// One that does not is handed to it as its first attempt.
    /// </summary>
    private static async ValueTask<T> AskAsync<T>(
        ResiliencePipeline pipeline, Func<CancellationToken, ValueTask<T>> call, CancellationToken cancellationToken)
    {
        ExceptionDispatchInfo failure;
        try
        {
            return await call(cancellationToken);
        }
        catch (Exception error) when (MayPass(error))
        {
            failure = ExceptionDispatchInfo.Capture(error);
        }

        return await AskAgainAsync(pipeline, call, failure, cancellationToken);
    }

    private static ValueTask<T> AskAgainAsync<T>(
        ResiliencePipeline pipeline,
        Func<CancellationToken, ValueTask<T>> call,
        ExceptionDispatchInfo failure,
        CancellationToken cancellationToken)
    {
        ExceptionDispatchInfo? first = failure;
        return pipeline.ExecuteAsync(
            stop =>
            {
                Interlocked.Exchange(ref first, null)?.Throw();
                return call(stop);
            },
            cancellationToken);
    }

    private static ResiliencePipeline Create(TierCallOptions options, int retries) => retries == 0
        ? ResiliencePipeline.Empty
        : new ResiliencePipelineBuilder()
            .AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = arguments => ValueTask.FromResult(arguments.Outcome.Exception is { } error && MayPass(error)),
                MaxRetryAttempts = retries,
                Delay = options.RetryDelay,
                MaxDelay = options.MaxRetryDelay,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                OnRetry = _ =>
                {
                    TierMetrics.Retries.Add(1);
                    return ValueTask.CompletedTask;
                },
            })
            .Build();
}
