using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Embedded;

/// <summary>A memory's talk with the consolidator of one shared level; used within the memory's own turns only.</summary>
internal sealed class MemoryUplink(FastMemory memory, SourceId source, ConsolidatorHost level)
{
    private LevelVersion? _adopted;

    /// <summary>Adopts the newest version, whichever the memory was at, and learns which of its updates are in it.</summary>
    public ValueTask JoinAsync(CancellationToken cancellationToken) => PullAsync(-1, cancellationToken);

    /// <summary>Adopts a version that came since, if any.</summary>
    public ValueTask AdoptNewerAsync(CancellationToken cancellationToken) =>
        level.Version > _adopted!.Number ? PullAsync(_adopted.Number, cancellationToken) : ValueTask.CompletedTask;

    /// <summary>Sends what may be sent.</summary>
    public async ValueTask SendAsync(CancellationToken cancellationToken)
    {
        foreach (OutboxEntry entry in memory.Sendable(level.Level))
        {
            memory.Accept(level.Level, await level.SubmitAsync(entry.Frame, cancellationToken));
        }
    }

    /// <summary>
    /// Returns once everything sent is durable and adopted. What the consolidator lost on the way is sent again.
    /// </summary>
    public async ValueTask SettleAsync(CancellationToken cancellationToken)
    {
        await AdoptNewerAsync(cancellationToken);
        while (memory.InFlight(level.Level) > 0)
        {
            await SendAsync(cancellationToken);
            await level.WaitForVersionAfterAsync(_adopted!.Number, cancellationToken);
            await AdoptNewerAsync(cancellationToken);
        }
    }

    private async ValueTask PullAsync(long version, CancellationToken cancellationToken)
    {
        VersionReply reply = await level.PullAsync(source, version, cancellationToken);
        _adopted = level.Resolve(_adopted, reply);
        memory.Adopt(level.Level, _adopted, reply.FoldedThrough);
    }
}
