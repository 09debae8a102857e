using NestedLearning.Models;
using NestedLearning.Tensors;

namespace NestedLearning.Tiers;

/// <summary>What takes one source out of a level, and out of everything that is stored of it.</summary>
/// <remarks>
/// Its host first sifts what is stored beside the state, then calls <see cref="Forget"/> and saves. While <see cref="IsErasing"/>, it
/// deletes what is <see cref="Discarded"/> as soon as <see cref="CanErase"/>, confirms with <see cref="ConfirmErased"/>, and saves again:
/// the state says until then that there is something to erase, so a crash on the way is made up for when the source is forgotten again.
/// </remarks>
public sealed partial class Consolidator
{
    /// <summary>More updates than a memory can have sent that nobody knows of: none of those counts any more.</summary>
    private const long SkippedSequences = 1 << 20;

    private Archives _archives = Archives.None;
    private bool _isErased;

    /// <summary>Whether a source can be taken out.</summary>
    public bool IsForgettable => _policy.Forgettable;

    /// <summary>Where updates are beside the state.</summary>
    public IReadOnlyList<AttachmentName> StoredUpdates => [.. _archives.Names, .. _lineage.Quarantines.Values];

    /// <summary>What no state refers to any more; it has to be deleted when a source is forgotten.</summary>
    public IReadOnlyList<AttachmentName> Discarded => _archives.Discarded;

    /// <summary>Whether something of a forgotten source may still be stored, or the state says so.</summary>
    public bool IsErasing => _archives.IsErasing || _isErased;

    /// <summary>Whether neither the durable state nor its base has anything of a forgotten source.</summary>
    public bool CanErase => _archives.IsErasing && _hasSaved && _unsaved is null && !_journal.IsCut;

    /// <summary>Everything that was discarded is deleted.</summary>
    public void ConfirmErased()
    {
        _archives = _archives with { Discarded = [], IsErasing = false };
        _isErased = true;
    }

    /// <summary>Takes a source's updates out of what is stored beside the state.</summary>
    /// <param name="source">The source.</param>
    /// <param name="name">Which of <see cref="StoredUpdates"/>.</param>
    /// <param name="bytes">What is stored there.</param>
    /// <param name="rest">What has to be durable before the source is forgotten; null where nothing is left.</param>
    /// <returns>Null where there is nothing of the source.</returns>
    /// <exception cref="FrameException">The bytes are no updates of this level.</exception>
    public SiftedAttachment? Sift(SourceId source, AttachmentName name, ReadOnlyMemory<byte> bytes, out StateAttachment? rest)
    {
        ILookup<bool, StoredUpdate> updates = FramePack.Load(StateFrames.Decode(bytes, _model), PackedUpdates)
            .ToLookup(update => FrameSource.Read(update.Frame.Span) == source);
        rest = updates[true].Any() && updates[false].Any()
            ? StateAttachment.Of(name.Kind, name.Number, Pack([.. updates[false]]))
            : null;
        return updates[true].Any() ? new SiftedAttachment(name, [.. updates[true]], rest?.Name) : null;
    }

    /// <summary>
    /// Makes a version without a source: nothing of it is in the level, in the open round, in quarantine or among the probes, and nobody
    /// goes back behind it. What the source sent until now never counts again: also where there is nothing of it, and no version is made.
    /// Where statistics fade, those of others stay as old as the source's events have made them.
    /// </summary>
    /// <param name="source">The source.</param>
    /// <param name="sifted">What <see cref="Sift"/> took out of <see cref="StoredUpdates"/>.</param>
    /// <param name="now">The time.</param>
    /// <exception cref="NotForgettableException">The level's updates are not kept.</exception>
    /// <exception cref="InvalidOperationException">The last fold is not saved yet, or failed half-way.</exception>
    public void Forget(SourceId source, IReadOnlyList<SiftedAttachment> sifted, DateTimeOffset now)
    {
        CheckIsAtRest();
        if (!IsForgettable)
        {
            if (Applied(source) > 0)
            {
                throw new NotForgettableException(Level.Id);
            }

            return;
        }

        StoredUpdate[] archived =
            [.. sifted.Where(attachment => attachment.Name.Kind == AttachmentKind.Archive).SelectMany(attachment => attachment.Taken)];
        RoundUpdate[] updates = [.. archived.Concat(_journal.Of(source)).Select(RoundUpdate.Read)];
        if (updates.Length == 0 && sifted.Count == 0 && _round.Mark(source) is null)
        {
            SkipWhatIsOnItsWay(source);
            _archives = _archives with { IsErasing = true }; // The mark has to be saved, and there is no version to save it with.
            return;
        }

        Contribution[] contributions = [.. updates.Select(update => update.Contribution)];
        _sums!.Release(contributions);
        TensorSet parameters = SolveOr(() => _level.Absorb(contributions));
        _gate.Drop(updates);
        _gate.Settle(null);

        long number = Published.Number + 1;
        SkipWhatIsOnItsWay(source);
        _round.Drop(source);
        _journal.Forget(source, archived, number);
        _journal.SetClock(number, Clock);
        _archives = _archives.With(sifted);
        _lineage = _lineage.With(sifted);
        LineageEntry entry = new(number, FoldOutcome.Forgotten, now, _level.Events, []) { LeftOut = SourcesOf(updates) };
        _unsaved = new UnsavedVersion(PublishedLevel.PrepareWhole(new LevelVersion(number, entry.Events, parameters)), entry, null);
    }

    private void SkipWhatIsOnItsWay(SourceId source) => _marks.Advance(source, Applied(source) + SkippedSequences);
}
