using NestedLearning.Models;
using NestedLearning.Tiers;
using Polly;

namespace NestedLearning.Client;

/// <summary>
/// The way of a source's events through a gateway: lines of events up, lines of receipts down, in a request for each batch
/// or over one WebSocket.
/// </summary>
internal sealed class HttpEventChannel(Connection connection, ResiliencePipeline retry, MemoryAddress memory, SourceId source)
    : IEventChannel
{
    private LiveConnection? _live;

    /// <summary>A WebSocket for a live feed, not yet opened.</summary>
    public LiveConnection CreateLive() => new(connection, memory, source);

    /// <summary>Sends over a WebSocket from now on; false where it does so already.</summary>
    public bool TryGoLive(LiveConnection live) => Interlocked.CompareExchange(ref _live, live, null) is null;

    /// <summary>Sends in requests again.</summary>
    public void EndLive() => _live = null;

    public async ValueTask SendAsync(EventBatch batch, Action<FeedReceipt> accept, CancellationToken cancellationToken)
    {
        if (_live is { } live)
        {
            await live.SendAsync(batch, accept, ErrorOf, cancellationToken);
            return;
        }

        string path = ApiPaths.Events(memory, source, batch.After);
        await connection.SendAsync(HttpMethod.Post, path, new EventsContent(batch.Events), AcceptAsync, ErrorOf, cancellationToken);

        async Task<bool> AcceptAsync(HttpContent answer, CancellationToken stop)
        {
            await foreach (ReceiptDocument line in ReceiptLines.ReadAsync(answer, ErrorOf, connection.Server, stop))
            {
                accept(line.ToReceipt());
            }

            return true;
        }

        NestedLearningException ErrorOf(ApiProblem problem) => problem.Line is { } line && line <= batch.Events.Count
            ? new EventRefusedException(
                batch.Events[(int)line - 1].Sequence, new InvalidInputException(problem.Field ?? "event", problem.Detail))
            : connection.ErrorOf(problem);
    }

    public async ValueTask<Receipt> FlushAsync(FlushTicket ticket, CancellationToken cancellationToken)
    {
        ReceiptDocument marks = await connection.AskAsync(
            HttpMethod.Post, ApiPaths.Flush(memory, source, ticket), null, ApiJson.Default.ReceiptDocument, cancellationToken);
        return marks.ToReceipt().Marks;
    }

    public ValueTask RetryAsync(Func<CancellationToken, ValueTask> attempt, CancellationToken cancellationToken) =>
        retry.ExecuteAsync(attempt, cancellationToken);
}
