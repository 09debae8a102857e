using NestedLearning.Models;
using NestedLearning.Tensors;

namespace NestedLearning.Tiers;

/// <summary>What of a consolidator is durable.</summary>
public sealed partial class Consolidator
{
    private const string VersionNumbers = "version";
    private const string BaseNumber = "base-number";
    private const string IncarnationName = "incarnation";
    private const string PublishedPrefix = "published/";
    private const string ProbesPrefix = "probes/";
    private const string PackedUpdates = "quarantine";
    private const long MaxJournalBytes = 256L << 20;

    private long _baseNumber;
    private bool _hasSaved;

    /// <summary>
    /// What has to be durable before the last fold is published; the same again until it is confirmed. The first state
    /// after a start keeps the base: once it is saved, no state of an earlier owner can be saved any more that refers to
    /// another base, so nobody's base is in the way.
    /// </summary>
    /// <exception cref="InvalidOperationException">There is nothing to make durable.</exception>
    public ConsolidatorState Save()
    {
        if (_unsaved is null && !IsErasing)
        {
            throw new InvalidOperationException("There is no fold to save.");
        }

        LevelVersion version = _unsaved?.Prepared.Version ?? Published;
        byte[]? newBase = null;
        long baseNumber = _baseNumber;
        Journal journal = _journal;
        StateAttachment? archive = null;
        if (_hasSaved && (_journal.IsCut || _journal.SizeBytes > Math.Min(_level.StateBytes, MaxJournalBytes)))
        {
            baseNumber++;
            journal = _journal.After(version.Number);
            archive = Archive(journal, baseNumber);
            TensorSet level = [.. _level.Save(), new IntegerTensor(BaseNumber, new[] { baseNumber })];
            level.AddPart(ProbesPrefix, _gate.Save());
            newBase = Encode(level);
        }

        (Lineage lineage, StateAttachment? segment) = NextLineage();
        TensorSet state = [new IntegerTensor(VersionNumbers, new[] { version.Number, version.Events, baseNumber, Traffic.BytesUp, Traffic.BytesDown })];
        if (Incarnation.Length > 0)
        {
            state.Add(new TextTensor(IncarnationName, [Incarnation]));
        }

        _marks.Save(state);
        journal.Save(state);
        lineage.Save(state);
        if (IsForgettable)
        {
            _archives.With(archive).Save(state);
        }

        _gate.SaveAnswers(state);
        state.AddPart(PublishedPrefix, version.Tensors);
        return new ConsolidatorState(Encode(state), baseNumber, newBase, [.. new[] { _unsaved?.Quarantine, segment, archive }.OfType<StateAttachment>()]);
    }

    /// <summary>The state is durable: publishes its version, and receipts may call its updates durable.</summary>
    public void ConfirmSaved(ConsolidatorState saved)
    {
        if (saved.NewBase is not null)
        {
            _journal = _journal.After(_unsaved?.Entry.Version ?? Published.Number);
            _baseNumber = saved.BaseNumber;
            _archives = _archives.With(saved.Attachments.FirstOrDefault(attachment => attachment.Name.Kind == AttachmentKind.Archive));
        }

        if (_unsaved is not null)
        {
            _lineage = NextLineage().Lineage;
            _published.Commit(_unsaved.Prepared);
            _unsaved = null;
        }

        _isErased = false;
        _marks.ConfirmDurable();
        _hasSaved = true;
    }

    /// <summary>Whether a saved state is of this model, and not of an earlier one of the same name.</summary>
    /// <exception cref="FrameException">The bytes are not a whole state.</exception>
    public bool IsOwn(ReadOnlyMemory<byte> state) =>
        StateFrames.Decode(state, _model).Find(IncarnationName) is TextTensor { Texts: [var incarnation] } ? incarnation == Incarnation : Incarnation.Length == 0;

    /// <summary>What a saved state names beside itself.</summary>
    /// <exception cref="FrameException">The bytes are not a whole state.</exception>
    public static StateReferences ReadReferences(ReadOnlyMemory<byte> state, ModelId model)
    {
        TensorSet tensors = StateFrames.Decode(state, model);
        SourceMarks marks = new();
        marks.Load(tensors);
        Lineage lineage = new();
        lineage.Load(tensors);
        Archives archives = Archives.Load(tensors);
        return new StateReferences(
            [.. marks.All.Select(mark => mark.Source)], [.. archives.Names, .. archives.Discarded, .. lineage.Quarantines.Values], lineage.Older);
    }

    /// <summary>The base that a saved state refers to; 0 for none.</summary>
    /// <exception cref="FrameException">The bytes are not a whole state.</exception>
    public static long ReadBaseNumber(ReadOnlyMemory<byte> state, ModelId model) =>
        StateFrames.Decode(state, model).Get<IntegerTensor>(VersionNumbers).Values.Span[2];

    /// <summary>The newest durable version and what the level has absorbed, as frames: <see cref="CheckpointFrames"/> reads them.</summary>
    /// <exception cref="InvalidOperationException">The last fold is not saved yet, or failed half-way.</exception>
    public IReadOnlyList<byte[]> SaveCheckpoint()
    {
        CheckIsAtRest();
        return CheckpointFrames.Encode(_model, new CheckpointLevel(Level.Id, Published) { Statistics = _sums is null ? [] : _level.Save() });
    }

    /// <summary>Takes up a saved state on a level at version 0, with the base that the state refers to; empty when it refers to none.</summary>
    /// <exception cref="FrameException">The bytes are not a whole state of this level.</exception>
    public void Load(ReadOnlyMemory<byte> state, ReadOnlyMemory<byte> baseState)
    {
        TensorSet tensors = StateFrames.Decode(state, _model);
        ReadOnlySpan<long> numbers = tensors.Get<IntegerTensor>(VersionNumbers).Values.Span;
        _baseNumber = numbers[2];
        Traffic = new Traffic(numbers[3], numbers[4]);
        if (_baseNumber > 0)
        {
            LoadBase(StateFrames.Decode(baseState, _model));
        }

        _journal.Load(tensors);
        for (long version = _journal.BaseVersion + 1; version <= numbers[0]; version++)
        {
            DoAgain(version);
        }

        _gate.LoadAnswers(tensors);
        _marks.Load(tensors);
        _lineage.Load(tensors);
        _archives = Archives.Load(tensors);
        _published.Restore(new LevelVersion(numbers[0], numbers[1], tensors.Part(PublishedPrefix)));
    }

    /// <summary>Does what led to a version: its updates come in, all at once as they did before, and those go out that it is without.</summary>
    private void DoAgain(long version)
    {
        JournalEntry[] entries = [.. _journal.Entries.Where(entry => entry.Version == version)];
        if (entries.Length > 0)
        {
            RoundUpdate[] updates = Array.ConvertAll(entries, entry => RoundUpdate.Read(entry.Update));
            Clock = entries[0].Update.At;
            AddToLevel(RoundParts.Of(_model, _level, updates, _policy.Shards), updates, update => Weighed(update, version - 1));
            _gate.Keep(updates.Where((_, i) => entries[i].ReleasedBy != version));
        }

        RoundUpdate[] released = [.. _journal.Entries.Where(entry => entry.ReleasedBy == version).OrderBy(entry => entry.Order).Select(entry => RoundUpdate.Read(entry.Update))];
        if (released.Length > 0)
        {
            _sums!.Release([.. released.Select(update => update.Contribution)]);
            _gate.Drop(released);
        }

        Clock = _journal.ClockOf(version);
    }

    private void LoadBase(TensorSet tensors)
    {
        long number = tensors.Get<IntegerTensor>(BaseNumber).Values.Span[0];
        if (number != _baseNumber)
        {
            throw new FrameException(
                FrameProblem.BadValue, BaseNumber, $"is {number}, the level's state refers to {_baseNumber}; restore both from one backup");
        }

        _level.Load(tensors);
        _gate.Load(tensors.Part(ProbesPrefix));
    }

    private (Lineage Lineage, StateAttachment? Segment) NextLineage() =>
        _unsaved is null ? (_lineage, null) : _lineage.With(_unsaved.Entry, _unsaved.Quarantine?.Name).Split();

    /// <summary>What leaves the journal for the base, where it has to be kept.</summary>
    private StateAttachment? Archive(Journal next, long baseNumber)
    {
        IReadOnlyList<StoredUpdate> leaving = IsForgettable ? _journal.MissingIn(next) : [];
        return leaving.Count == 0 ? null : StateAttachment.Of(AttachmentKind.Archive, baseNumber, Pack(leaving));
    }

    /// <summary>What the level absorbs of an update that is folded onto this version.</summary>
    private Contribution Weighed(RoundUpdate update, long parent) =>
        update.Contribution with { Weight = _staleness.Weight(update.BaseVersion, parent) };

    private byte[] Pack(IReadOnlyCollection<StoredUpdate> updates)
    {
        TensorSet tensors = [];
        FramePack.Save(tensors, PackedUpdates, updates);
        return Encode(tensors);
    }

    private byte[] Encode(TensorSet tensors) =>
        StateFrames.Encode(new FrameHeader(FrameKind.Snapshot, _model) { Level = Level.Id }, tensors, EncodingPolicy.Lossless);
}
