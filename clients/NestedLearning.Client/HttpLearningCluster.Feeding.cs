using System.Runtime.CompilerServices;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Client;

/// <summary>What teaches memories.</summary>
public sealed partial class HttpLearningCluster
{
    /// <inheritdoc/>
    /// <exception cref="SpoolException">The events cannot be kept in the spool; they were not sent.</exception>
    public ValueTask<FeedReceipt> FeedAsync(MemoryAddress memory, EventBatch batch, CancellationToken cancellationToken) =>
        Feed(memory, batch.Source).FeedAsync(batch, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<Receipt> FlushAsync(
        MemoryAddress memory, SourceId source, FlushTicket ticket, CancellationToken cancellationToken) =>
        Feed(memory, source).FlushAsync(ticket, cancellationToken);

    /// <summary>
    /// Teaches a memory a live stream over one WebSocket, in order of sequence: events go up as they come, and a receipt comes
    /// back for what was at hand. They are read no faster than they are learned. Whatever breaks, each counts once.
    /// </summary>
    /// <param name="memory">Who learns.</param>
    /// <param name="source">Whose sequence numbers they have; a source has one live feed at a time.</param>
    /// <param name="events">The events; known ones are skipped.</param>
    /// <param name="cancellationToken">Ends the feed; what was answered stays learned.</param>
    /// <exception cref="EventRefusedException">An event is not acceptable; those before it are learned.</exception>
    /// <exception cref="SpoolException">The events cannot be kept in the spool.</exception>
    public async IAsyncEnumerable<FeedReceipt> FeedLiveAsync(
        MemoryAddress memory, SourceId source, IAsyncEnumerable<LearningEvent> events, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        SourceFeed feed = Feed(memory, source);
        await using IAsyncDisposable live = feed.GoLive();
        await foreach (IReadOnlyList<LearningEvent> batch in AtHand.BatchesAsync(events, _options.EventsPerRequest, cancellationToken))
        {
            yield return await feed.FeedAsync(new EventBatch(source, batch), cancellationToken);
        }
    }

    private SourceFeed Feed(MemoryAddress memory, SourceId source) => _feeds.GetOrAdd((memory, source), address => new SourceFeed(
        new HttpEventChannel(_connection, _retry, memory, source),
        source,
        new FeederLimits(_options.EventsPerRequest, _options.MaxKeptEvents),
        _options.SpoolDirectory is { } folder ? () => EventSpool.Open(SpoolPaths.FileFor(folder, memory, source), _options.MaxSpoolBytes) : null));
}
