using System.Runtime.CompilerServices;

namespace NestedLearning.Client;

/// <summary>Cuts a stream into what is at hand: many when it is fast, one when it is slow, so that nothing waits for what comes later.</summary>
internal static class AtHand
{
    /// <summary>The stream in batches. Where nobody wants more, the read that is under way is cancelled first.</summary>
    public static async IAsyncEnumerable<IReadOnlyList<T>> BatchesAsync<T>(
        IAsyncEnumerable<T> stream, int most, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await using IAsyncEnumerator<T> items = stream.GetAsyncEnumerator(stop.Token);
        Task<bool> next = items.MoveNextAsync().AsTask();
        try
        {
            while (await next)
            {
                List<T> batch = [];
                do
                {
                    batch.Add(items.Current);
                    next = items.MoveNextAsync().AsTask();
                }
                while (batch.Count < most && next.IsCompletedSuccessfully && await next);

                yield return batch;
            }
        }
        finally
        {
            await stop.CancelAsync();
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
