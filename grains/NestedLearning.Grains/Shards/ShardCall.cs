namespace NestedLearning.Grains;

/// <summary>Sends a shard its part of a round, and fetches what it comes to; both in parts of which only a few are under way.</summary>
/// <param name="shard">The shard.</param>
/// <param name="options">How long a message may be, and how many parts may be under way.</param>
/// <param name="calls">How calls are repeated.</param>
internal sealed class ShardCall(IShardGrain shard, TierSiloOptions options, TierCalls calls)
{
    /// <summary>Returns what the updates come to.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> AskAsync(ReadOnlyMemory<byte> updates, CancellationToken cancellationToken)
    {
        Guid upload = Guid.NewGuid();
        await Parallel.ForEachAsync(
            UpdatePart.Cut(upload, updates, options.MessageBytes),
            options.Window(cancellationToken),
            async (part, stop) => await calls.AskOnceMoreAsync(call => TakeAsync(part, call), stop));
        return await FetchAsync(upload, cancellationToken);
    }

    private async ValueTask<ReadOnlyMemory<byte>> FetchAsync(Guid upload, CancellationToken cancellationToken)
    {
        SumsPiece first = await ReadAsync(upload, 0, cancellationToken);
        if (first.Piece.Bytes.Length == first.TotalBytes)
        {
            return first.Piece.Bytes;
        }

        byte[] sums = new byte[first.TotalBytes];
        first.Piece.Bytes.CopyTo(sums);
        int step = first.Piece.Bytes.Length;
        IEnumerable<int> rest = Enumerable.Range(1, (sums.Length - 1) / step).Select(i => i * step);
        await Parallel.ForEachAsync(rest, options.Window(cancellationToken), async (offset, stop) =>
        {
            SumsPiece piece = await ReadAsync(upload, offset, stop);
            piece.Piece.Bytes.CopyTo(sums.AsMemory(offset));
        });
        return sums;
    }

    private async ValueTask<SumsPiece> ReadAsync(Guid upload, int offset, CancellationToken cancellationToken)
    {
        SumsPiece piece = default;
        while (piece.TotalBytes == 0)
        {
            piece = await calls.AskOnceMoreAsync(stop => shard.ReadAsync(upload, offset, stop), cancellationToken);
        }

        return piece;
    }

    private async ValueTask<bool> TakeAsync(UpdatePart part, CancellationToken cancellationToken)
    {
        await shard.TakeAsync(part, cancellationToken);
        return true;
    }
}
