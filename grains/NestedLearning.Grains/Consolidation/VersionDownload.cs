namespace NestedLearning.Grains;

/// <summary>Fetches the way from one version of a level to the newest: in one message, or part by part.</summary>
/// <param name="level">Whose versions.</param>
/// <param name="options">How long a message may be, and how many parts may be under way.</param>
/// <param name="calls">How calls are repeated.</param>
public sealed class VersionDownload(IConsolidatorGrain level, TierSiloOptions options, TierCalls calls)
{
    /// <summary>The frames that lead from a version to the newest; from -1 for a replica that has none.</summary>
    public async ValueTask<IReadOnlyList<ReadOnlyMemory<byte>>> FetchAsync(long from, CancellationToken cancellationToken)
    {
        while (true)
        {
            VersionOffer offer = await calls.AskOnceMoreAsync(stop => level.OfferAsync(from, stop), cancellationToken);
            if (offer.Frames.Length == offer.FrameBytes.Length)
            {
                return [.. offer.Frames.Select(frame => frame.Bytes)];
            }

            if (await ReadAsync(from, offer, cancellationToken) is { } frames)
            {
                return frames;
            }

            // A newer version came on the way; what was read of this one is dropped.
        }
    }

    private async ValueTask<IReadOnlyList<ReadOnlyMemory<byte>>?> ReadAsync(
        long from, VersionOffer offer, CancellationToken cancellationToken)
    {
        byte[][] frames = [.. offer.FrameBytes.Select(length => new byte[length])];
        bool holds = true;
        IEnumerable<(int Frame, int Offset)> parts = offer.FrameBytes.SelectMany((length, frame) =>
            Enumerable.Range(0, (length + options.MessageBytes - 1) / options.MessageBytes).Select(i => (frame, i * options.MessageBytes)));
        await Parallel.ForEachAsync(parts, options.Window(cancellationToken), async (part, stop) =>
        {
            if (!Volatile.Read(ref holds))
            {
                return;
            }

            Payload read = await calls.AskOnceMoreAsync(
                call => level.ReadAsync(from, offer.Version, part.Frame, part.Offset, call), stop);
            if (read.Bytes.IsEmpty)
            {
                Volatile.Write(ref holds, false);
                return;
            }

            read.Bytes.CopyTo(frames[part.Frame].AsMemory(part.Offset));
        });
        return holds ? [.. frames.Select(frame => (ReadOnlyMemory<byte>)frame)] : null;
    }
}
