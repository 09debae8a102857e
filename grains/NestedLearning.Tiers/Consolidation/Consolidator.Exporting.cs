using NestedLearning.Models;

namespace NestedLearning.Tiers;

/// <summary>What a level tells of one source.</summary>
/// <remarks>
/// Its host takes what is at hand in one turn with <see cref="Hold"/>, and then gives update after update to <see cref="Export"/>, also
/// those that it reads from the blobs beside the state.
/// </remarks>
public sealed partial class Consolidator
{
    /// <summary>What is at hand of a source; what may be stored beside is named.</summary>
    public LevelHoldings Hold(SourceId source)
    {
        ILookup<bool, JournalEntry> entries = _journal.Entries
            .Where(entry => FrameSource.Read(entry.Update.Frame.Span) == source)
            .ToLookup(entry => entry.ReleasedBy == 0);
        return new LevelHoldings(
            source,
            Published.Number,
            ReceiptFor(source),
            _gate.Of(source),
            [
                .. entries[true].Select(entry => new HeldUpdate(UpdatePlace.Version, entry.Version, entry.Update)),
                .. _round.Of(source).Select(update => new HeldUpdate(UpdatePlace.Round, null, update)),
                .. entries[false].Select(entry => new HeldUpdate(UpdatePlace.Released, entry.ReleasedBy, entry.Update)),
            ],
            StoredUpdates);
    }

    /// <summary>A source's updates among those that are stored beside the state.</summary>
    /// <exception cref="FrameException">The bytes are no updates of this level.</exception>
    public IReadOnlyList<HeldUpdate> ReadStored(SourceId source, AttachmentName name, ReadOnlyMemory<byte> bytes) =>
    [
        .. FramePack.Load(StateFrames.Decode(bytes, _model), PackedUpdates)
            .Where(update => FrameSource.Read(update.Frame.Span) == source)
            .Select(update => name.Kind == AttachmentKind.Quarantine
                ? new HeldUpdate(UpdatePlace.Quarantine, name.Number, update)
                : new HeldUpdate(UpdatePlace.Version, null, update)),
    ];

    /// <summary>Begins to export a source.</summary>
    /// <param name="held">What <see cref="Hold"/> gave.</param>
    /// <param name="through">Only updates up to this number.</param>
    public LevelExport Export(LevelHoldings held, long through) => new(Level.Id, held, through, contribution => _sums?.LabelsOf(contribution) ?? []);

    /// <summary>Whether a source was taken out since it had this mark.</summary>
    public bool IsTakenOutSince(SourceId source, long applied) => Applied(source) - applied >= SkippedSequences;
}
