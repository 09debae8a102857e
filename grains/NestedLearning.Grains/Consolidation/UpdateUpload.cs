namespace NestedLearning.Grains;

/// <summary>Sends updates to a level: whole, or in parts of which only a few are under way.</summary>
/// <param name="level">Whom they are sent to.</param>
/// <param name="options">How long a message may be, and how many parts may be under way.</param>
/// <param name="calls">How calls are repeated.</param>
public sealed class UpdateUpload(IConsolidatorGrain level, TierSiloOptions options, TierCalls calls)
{
    /// <summary>Returns what the level says of the whole update.</summary>
    public ValueTask<SubmitReply> SendAsync(ReadOnlyMemory<byte> update, CancellationToken cancellationToken) =>
        update.Length <= options.MessageBytes
            ? SendPartAsync(new UpdatePart(Guid.Empty, update.Length, 0, new Payload(update)), cancellationToken)
            : SendInPartsAsync(update, cancellationToken);

    private async ValueTask<SubmitReply> SendInPartsAsync(ReadOnlyMemory<byte> update, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await SendPartsAsync(update, cancellationToken) is { } reply)
            {
                return reply;
            }

            // The level moved on the way, and the parts it had are gone with it.
        }
    }

    private async ValueTask<SubmitReply?> SendPartsAsync(ReadOnlyMemory<byte> update, CancellationToken cancellationToken)
    {
        Guid upload = Guid.NewGuid();
        SubmitReply? done = null;
        IEnumerable<int> offsets = Enumerable.Range(0, (update.Length + options.MessageBytes - 1) / options.MessageBytes)
            .Select(i => i * options.MessageBytes);
        ParallelOptions window = new() { MaxDegreeOfParallelism = options.PartsInFlight, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(offsets, window, async (offset, stop) =>
        {
            Payload part = new(update.Slice(offset, Math.Min(options.MessageBytes, update.Length - offset)));
            SubmitReply reply = await SendPartAsync(new UpdatePart(upload, update.Length, offset, part), stop);
            if (reply.Marks is not null)
            {
                Volatile.Write(ref done, reply);
            }
        });
        return done;
    }

    private ValueTask<SubmitReply> SendPartAsync(UpdatePart part, CancellationToken cancellationToken) =>
        calls.AskOnceMoreAsync(stop => level.SubmitAsync(part, stop), cancellationToken);
}
