using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Hosting;

/// <summary>A memory's talk with the consolidator of one shared level; within the memory's own turns, but for waiting.</summary>
internal sealed class MemoryUplink(FastMemory memory, SourceId source, ILevelLink level, ICompute compute)
{
    private LevelVersion? _adopted;

    /// <summary>The version that is adopted.</summary>
    public long Version => _adopted!.Number;

    /// <summary>Adopts the newest version, whichever the memory was at, and learns which of its updates are in it.</summary>
    public ValueTask JoinAsync(CancellationToken cancellationToken) => PullAsync(cancellationToken);

    /// <summary>Adopts a version that came since, if any.</summary>
    public ValueTask AdoptNewerAsync(CancellationToken cancellationToken) =>
        level.Version > _adopted!.Number ? PullAsync(cancellationToken) : ValueTask.CompletedTask;

    /// <summary>Sends what may be sent.</summary>
    /// <returns>How many updates that was.</returns>
    public async ValueTask<int> SendAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<OutboxEntry> entries = memory.Sendable(level.Level);
        foreach (OutboxEntry entry in entries)
        {
            Receipt marks = await level.SubmitAsync(entry.Frame, cancellationToken);
            if (IsBehind(marks))
            {
                await CheckOwnerAsync(cancellationToken);
                break;
            }

            memory.Accept(level.Level, marks);
        }

        return entries.Count;
    }

    /// <summary>Adopts what came, sends what may be sent, and again what the consolidator lost.</summary>
    /// <returns>The version to wait past, or null once everything sent is durable and adopted.</returns>
    public async ValueTask<long?> SettleAsync(CancellationToken cancellationToken)
    {
        await PullAsync(cancellationToken);
        if (memory.InFlight(level.Level) == 0)
        {
            return null;
        }

        await SendAsync(cancellationToken);
        return _adopted!.Number;
    }

    /// <summary>Returns once a version after <paramref name="version"/> is durable. No turn may wait for it.</summary>
    public ValueTask WaitPastAsync(long version, CancellationToken cancellationToken) =>
        level.WaitForVersionAfterAsync(version, cancellationToken);

    private async ValueTask PullAsync(CancellationToken cancellationToken)
    {
        PulledVersion pulled = await level.PullAsync(source, _adopted, cancellationToken);
        while (IsBehind(pulled.Marks) || pulled.Version.Number < memory.VersionOf(level.Level))
        {
            await CheckOwnerAsync(cancellationToken);
            LevelVersion? last = pulled.Version;
            pulled = await level.PullAsync(source, last, cancellationToken);
            if (pulled.Version.Number == last.Number)
            {
                break; // Its owner is who it should be: the level went back.
            }
        }

        await compute.RunAsync(
            () =>
            {
                memory.Adopt(level.Level, pulled.Version, pulled.Marks);
                return true;
            },
            cancellationToken);
        _adopted = pulled.Version;
    }

    private bool IsBehind(Receipt marks) => marks.DurableThrough < memory.DurableAbove(level.Level);

    /// <summary>
    /// Whoever says less than this memory has heard may have been replaced without knowing it, and finds out now. Otherwise
    /// the level lost what it had called durable, and the memory would wait for ever for updates that nobody has.
    /// </summary>
    private async ValueTask CheckOwnerAsync(CancellationToken cancellationToken)
    {
        LevelMarks owned = await level.GetOwnedMarksAsync(source, cancellationToken);
        if (IsBehind(owned.Marks))
        {
            throw new LevelBehindException(level.Level, owned.Marks.DurableThrough, memory.DurableAbove(level.Level));
        }
    }
}
