using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Hosting;

/// <summary>
/// Keeps a consolidator's state: a base that is written rarely, and the state that refers to it, whose save is the one
/// that counts. Two bases take turns, so that a new one never replaces the one that the durable state refers to.
/// </summary>
/// <remarks>
/// Two owners may act for one level until the one that has been replaced finds out. An owner learns the tags of both bases
/// first, then saves a state of its own, and only then writes a base. After that state, no earlier owner's state can be
/// saved any more, so the other base is nobody's; and a later owner's base has another tag. A base that is not needed any
/// more is emptied, not deleted: a delete that comes late asks for no tag.
/// </remarks>
internal sealed class ConsolidatorStorage(ITierStore store, ModelId model, LevelId level)
{
    private readonly StateSlot _state = new(store, StateKey.Consolidator(model, level));
    private readonly StateSlot[] _bases =
        [.. Enumerable.Range(0, 2).Select(number => new StateSlot(store, StateKey.ConsolidatorBase(model, level, number)))];

    private long _baseNumber;

    /// <summary>Takes up what is stored.</summary>
    /// <param name="consolidator">Who takes it up.</param>
    /// <param name="beginAsync">Has it begin with what its model was made with: while no base is stored, everything goes on from there.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async ValueTask LoadAsync(Consolidator consolidator, Func<ValueTask> beginAsync, CancellationToken cancellationToken)
    {
        long number = 0;
        ReadOnlyMemory<byte> state = default;
        bool isOwn = false;
        if (await _state.LoadAsync(Read, cancellationToken) && isOwn)
        {
            if (number == 0)
            {
                await beginAsync();
            }

            await LoadBaseAsync(number, baseState => consolidator.Load(state, baseState), cancellationToken);
            await Base(number + 1).LoadAsync(cancellationToken);
            _baseNumber = number;
            return;
        }

        foreach (StateSlot slot in _bases)
        {
            await slot.LoadAsync(cancellationToken);
        }

        await beginAsync();

        void Read(ReadOnlyMemory<byte> stored)
        {
            state = stored;
            isOwn = consolidator.IsOwn(stored);
            number = Consolidator.ReadBaseNumber(stored, model);
        }
    }

    public async ValueTask SaveAsync(ConsolidatorState saved, CancellationToken cancellationToken)
    {
        if (saved.NewBase is not null)
        {
            await Base(saved.BaseNumber).SaveAsync(saved.NewBase, cancellationToken);
        }

        foreach (StateAttachment attachment in saved.Attachments)
        {
            await AttachAsync(attachment, cancellationToken);
        }

        await _state.SaveAsync(saved.State, cancellationToken);
        _baseNumber = saved.BaseNumber;
        if (saved.NewBase is not null)
        {
            await EmptyLastBaseAsync(cancellationToken);
        }
    }

    /// <summary>
    /// Deletes what a level has discarded, and what else may have been left behind by a crash. A store that can list has one owner, so
    /// there it is everything that the level's state does not refer to.
    /// </summary>
    public async ValueTask EraseAsync(Consolidator consolidator, CancellationToken cancellationToken)
    {
        foreach (AttachmentName name in consolidator.Discarded)
        {
            await store.DeleteAsync(StateKey.Attachment(model, level, name), cancellationToken);
        }

        await EmptyLastBaseAsync(cancellationToken);
        if (store is ITierStoreListing listing)
        {
            await SweepAsync(listing, [.. consolidator.StoredUpdates.Select(name => StateKey.Attachment(model, level, name))], cancellationToken);
        }
    }

    /// <summary>What was attached to an earlier state.</summary>
    /// <exception cref="StoreException">It cannot be loaded, or is missing.</exception>
    public async ValueTask<ReadOnlyMemory<byte>> LoadAsync(AttachmentName name, CancellationToken cancellationToken)
    {
        StateKey key = StateKey.Attachment(model, level, name);
        StoredState stored = await store.LoadAsync(key, cancellationToken) ?? throw new StoreException(
            StoreProblem.Damaged, key.Value, "what the level's state refers to is missing; restore it from a backup");
        return name.Names(stored.Bytes.Span) ? stored.Bytes : throw new StoreException(
            StoreProblem.Damaged, key.Value, "it is not what was saved; restore it from a backup");
    }

    /// <summary>Makes sure that no other owner has saved the level since.</summary>
    /// <exception cref="StoreException">One has, or the store cannot be reached.</exception>
    public ValueTask CheckOwnedAsync(CancellationToken cancellationToken) => _state.CheckOwnedAsync(cancellationToken);

    /// <summary>Another owner may have attached the same, so may this one before it failed.</summary>
    public async ValueTask AttachAsync(StateAttachment attachment, CancellationToken cancellationToken)
    {
        StateKey key = StateKey.Attachment(model, level, attachment.Name);
        StoredState? stored = await store.LoadAsync(key, cancellationToken);
        if (stored is null || !attachment.Name.Names(stored.Bytes.Span))
        {
            await store.SaveAsync(key, attachment.Bytes, stored?.ETag, cancellationToken);
        }
    }

    private async ValueTask SweepAsync(ITierStoreListing listing, HashSet<StateKey> referredTo, CancellationToken cancellationToken)
    {
        foreach (AttachmentKind kind in new[] { AttachmentKind.Archive, AttachmentKind.Quarantine })
        {
            List<StateKey> stored = await listing.ListAsync(StateKey.AttachmentPrefix(model, level, kind), cancellationToken).ToListAsync(cancellationToken);
            foreach (StateKey key in stored.Except(referredTo))
            {
                await store.DeleteAsync(key, cancellationToken);
            }
        }
    }

    private async ValueTask EmptyLastBaseAsync(CancellationToken cancellationToken)
    {
        if (_baseNumber > 1)
        {
            await Base(_baseNumber - 1).SaveAsync(ReadOnlyMemory<byte>.Empty, cancellationToken);
        }
    }

    private StateSlot Base(long number) => _bases[number % _bases.Length];

    private async ValueTask LoadBaseAsync(
        long number, Action<ReadOnlyMemory<byte>> takeUp, CancellationToken cancellationToken)
    {
        if (number == 0)
        {
            await Base(number).LoadAsync(cancellationToken);
            _state.TakeUp(() => takeUp(default));
        }
        else if (!await Base(number).LoadAsync(takeUp, cancellationToken))
        {
            throw new StoreException(
                StoreProblem.Damaged,
                StateKey.ConsolidatorBase(model, level, number).Value,
                "the base that the level's state refers to is missing; restore it from a backup");
        }
    }
}
