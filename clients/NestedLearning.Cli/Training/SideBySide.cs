namespace NestedLearning.Cli.Training;

/// <summary>Calls that depend on each other's progress, as the workers of a synchronous round do.</summary>
internal static class SideBySide
{
    /// <summary>
    /// Makes a call for each item at the same time. When one fails the others are cancelled: they may wait for what it
    /// will never send.
    /// </summary>
    /// <returns>The results in the order of the items.</returns>
    public static async Task<TResult[]> RunAsync<TItem, TResult>(
        IReadOnlyList<TItem> items,
        Func<TItem, int, CancellationToken, ValueTask<TResult>> call,
        CancellationToken cancellationToken)
    {
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task<TResult>[] calls = [.. items.Select((item, i) => call(item, i, stop.Token).AsTask())];
        await foreach (Task<TResult> ended in Task.WhenEach(calls))
        {
            if (!ended.IsCompletedSuccessfully)
            {
                await stop.CancelAsync();
                break;
            }
        }

        return await Task.WhenAll(calls);
    }
}
