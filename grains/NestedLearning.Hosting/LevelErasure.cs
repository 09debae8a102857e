using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Hosting;

/// <summary>Takes away what is stored of a level in a store that cannot list: what its state names, and then the state.</summary>
/// <param name="store">Where it is.</param>
/// <param name="model">The model.</param>
/// <param name="level">The level.</param>
public sealed class LevelErasure(ITierStore store, ModelId model, LevelId level)
{
    /// <summary>Takes everything away, and the memories with it that have sent something up. Nothing may write to the level any more.</summary>
    /// <exception cref="StoreException">The store failed; the same call again goes on.</exception>
    public async ValueTask EraseAsync(CancellationToken cancellationToken)
    {
        StateSlot slot = new(store, StateKey.Consolidator(model, level));
        StateReferences? named = null;
        if (await slot.LoadAsync(state => named = Consolidator.ReadReferences(state, model), cancellationToken))
        {
            await StoredStates.DeleteAsync(store, named!.Sources.Select(source => StateKey.Memory(model, new TenantId(source.Value))), cancellationToken);
            await StoredStates.DeleteAsync(store, named.Attachments.Select(name => StateKey.Attachment(model, level, name)), cancellationToken);
            await EraseLineageAsync(named.Lineage, cancellationToken);
        }

        await EraseSnapshotsAsync(cancellationToken);
        await StoredStates.DeleteAsync(store, Enumerable.Range(0, 2).Select(number => StateKey.ConsolidatorBase(model, level, number)), cancellationToken);
        await slot.DeleteAsync(cancellationToken);
    }

    /// <summary>Each segment names the one before, so the oldest goes first.</summary>
    private async ValueTask EraseLineageAsync(AttachmentName? newest, CancellationToken cancellationToken)
    {
        Stack<StateKey> segments = new();
        for (AttachmentName? name = newest; name is not null;)
        {
            StateKey key = StateKey.Attachment(model, level, name);
            segments.Push(key);
            name = await store.LoadAsync(key, cancellationToken) is { } stored ? LineageSegment.Read(stored.Bytes).Older : null;
        }

        foreach (StateKey segment in segments)
        {
            await store.DeleteAsync(segment, cancellationToken);
        }
    }

    private async ValueTask EraseSnapshotsAsync(CancellationToken cancellationToken)
    {
        StateSlot slot = new(store, StateKey.Snapshots(model, level));
        SnapshotIndex index = SnapshotIndex.Empty;
        await slot.LoadAsync(saved => index = SnapshotIndex.FromJson(saved.Span), cancellationToken);
        await StoredStates.DeleteAsync(store, index.Versions.Select(version => StateKey.Snapshot(model, level, version)), cancellationToken);
        await slot.DeleteAsync(cancellationToken);
    }
}
