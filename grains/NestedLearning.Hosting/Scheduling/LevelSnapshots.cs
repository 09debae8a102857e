using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Hosting;

/// <summary>The versions of a level that schedules keep, each as a state of its own.</summary>
public sealed class LevelSnapshots(ITierStore store, ModelId model, LevelId level)
{
    private const int MaxConflicts = 5;

    /// <summary>Keeps a version for a schedule, and lets go of the oldest of that schedule's.</summary>
    /// <exception cref="StoreException">The store failed; the same call again goes on.</exception>
    public async ValueTask<KeptVersion> KeepAsync(LevelVersion version, ScheduleSpec keeper, CancellationToken cancellationToken)
    {
        for (int conflicts = 0; ; conflicts++)
        {
            try
            {
                return await KeepOnceAsync(version, keeper, cancellationToken);
            }
            catch (StoreException error) when (error.Problem == StoreProblem.Conflict && conflicts < MaxConflicts)
            {
                // Another schedule keeps versions of this level at the same time.
            }
        }
    }

    private async ValueTask<KeptVersion> KeepOnceAsync(LevelVersion version, ScheduleSpec keeper, CancellationToken cancellationToken)
    {
        SnapshotIndex index = SnapshotIndex.Empty;
        StateSlot slot = new(store, StateKey.Snapshots(model, level));
        await slot.LoadAsync(saved => index = SnapshotIndex.FromJson(saved.Span), cancellationToken);

        SnapshotIndex grown = index.Add(keeper.Id, version.Number);
        await slot.SaveAsync(grown.ToJson(), cancellationToken);
        KeptVersion kept = await SaveAsync(version, cancellationToken);

        SnapshotIndex trimmed = grown.Trim(keeper.Id, keeper.Keep);
        foreach (long gone in grown.Versions.Except(trimmed.Versions))
        {
            await store.DeleteAsync(StateKey.Snapshot(model, level, gone), cancellationToken);
        }

        await slot.SaveAsync(trimmed.ToJson(), cancellationToken);
        return kept;
    }

    private async ValueTask<KeptVersion> SaveAsync(LevelVersion version, CancellationToken cancellationToken)
    {
        byte[] frame = LevelVersions.Encode(model, level, version);
        StateKey key = StateKey.Snapshot(model, level, version.Number);
        StoredState? stored = await store.LoadAsync(key, cancellationToken);
        bool isNew = stored is null || !stored.Bytes.Span.SequenceEqual(frame);
        if (isNew)
        {
            await store.SaveAsync(key, frame, stored?.ETag, cancellationToken);
        }

        return new KeptVersion(level, version.Number, frame.Length, isNew);
    }
}
