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
        await Parallel.ForEachAsync(UpdatePart.Cut(upload, update, options.MessageBytes), options.Window(cancellationToken), async (part, stop) =>
        {
            SubmitReply reply = await SendPartAsync(part, stop);
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
