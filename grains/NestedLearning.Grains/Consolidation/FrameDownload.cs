namespace NestedLearning.Grains;

/// <summary>Fetches frames that a level offers: in one message, or part by part.</summary>
/// <param name="offer">Asks for an offer.</param>
/// <param name="read">Asks for a part of what was offered as a version: of a frame, from an offset on. Nothing where the offer no longer holds.</param>
/// <param name="options">How long a message may be, and how many parts may be under way.</param>
/// <param name="calls">How calls are repeated.</param>
internal sealed class FrameDownload(
    Func<CancellationToken, ValueTask<VersionOffer>> offer,
    Func<long, int, int, CancellationToken, ValueTask<Payload>> read,
    TierSiloOptions options,
    TierCalls calls)
{
    /// <summary>The frames of the newest offer.</summary>
    public async ValueTask<IReadOnlyList<ReadOnlyMemory<byte>>> FetchAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            VersionOffer offered = await calls.AskOnceMoreAsync(offer, cancellationToken);
            if (offered.Frames.Length == offered.FrameBytes.Length)
            {
                return [.. offered.Frames.Select(frame => frame.Bytes)];
            }

            if (await ReadAsync(offered, cancellationToken) is { } frames)
            {
                return frames;
            }

            // A newer version came on the way; what was read of this one is dropped.
        }
    }

    private async ValueTask<IReadOnlyList<ReadOnlyMemory<byte>>?> ReadAsync(VersionOffer offered, CancellationToken cancellationToken)
    {
        byte[][] frames = [.. offered.FrameBytes.Select(length => new byte[length])];
        bool holds = true;
        IEnumerable<(int Frame, int Offset)> parts = offered.FrameBytes.SelectMany((length, frame) =>
            Enumerable.Range(0, (int)((length + (long)options.MessageBytes - 1) / options.MessageBytes)).Select(i => (frame, i * options.MessageBytes)));
        await Parallel.ForEachAsync(parts, options.Window(cancellationToken), async (part, stop) =>
        {
            if (!Volatile.Read(ref holds))
            {
                return;
            }

            Payload bytes = await calls.AskOnceMoreAsync(call => read(offered.Version, part.Frame, part.Offset, call), stop);
            if (bytes.Bytes.IsEmpty)
            {
                Volatile.Write(ref holds, false);
                return;
            }

            bytes.Bytes.CopyTo(frames[part.Frame].AsMemory(part.Offset));
        });
        return holds ? [.. frames.Select(frame => (ReadOnlyMemory<byte>)frame)] : null;
    }
}
