using Microsoft.Extensions.Logging;
using NestedLearning.Models;
using NestedLearning.Tiers;
using Orleans.Placement;
using Orleans.Streams;
using Orleans.Streams.Core;

namespace NestedLearning.Grains;

/// <summary>
/// Hands on what the streams of one memory deliver; its key is the memory's. It runs where the provider reads, and keeps
/// nothing that has to outlive it.
/// </summary>
[ImplicitStreamSubscription(TenantStreams.Namespace)]
[PreferLocalPlacement]
internal sealed partial class StreamFeedGrain(TierCalls calls, ILogger<StreamFeedGrain> logger)
    : Grain, IGrainWithStringKey, IStreamSubscriptionObserver, IAsyncBatchObserver<StreamedEvents>
{
    private StreamRefusals? _refusals;

    private string Key => this.GetPrimaryKeyString();

    private StreamRefusals Refusals => _refusals ??= new StreamRefusals(Key, logger);

    /// <inheritdoc/>
    public async Task OnSubscribed(IStreamSubscriptionHandleFactory handleFactory) =>
        await handleFactory.Create<StreamedEvents>().ResumeAsync(this);

    /// <summary>Learns a delivery. Only what passes leaves as an error, so that the provider delivers again.</summary>
    public async Task OnNextAsync(IList<SequentialItem<StreamedEvents>> items)
    {
        StreamDelivery delivery = new(GrainFactory.GetGrain<IFastMemoryGrain>(Key), calls, Refusals);
        foreach (SequentialItem<StreamedEvents> item in items)
        {
            try
            {
                TenantStreams.CheckKey(Key);
                await delivery.FeedAsync(item.Item);
            }
            catch (NestedLearningException error) when (error is InvalidIdException or InvalidInputException or UnknownModelException)
            {
                Refusals.TellAll(item.Item, error.Message);
            }
        }

        await delivery.SaveAsync();
        Refusals.Forget();
    }

    /// <summary>The provider has given up on a delivery, and goes on with the next one.</summary>
    public Task OnErrorAsync(Exception ex)
    {
        Refusals.Forget();
        TierMetrics.LostStreamDeliveries.Add(1);
        LogGivenUp(Key, ex);
        return Task.CompletedTask;
    }

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "The stream of {Memory} has given up on a delivery; its events are not learned unless they come again before later ones.")]
    private partial void LogGivenUp(string memory, Exception error);
}
