using NestedLearning.Models;
using NestedLearning.Tensors;

namespace NestedLearning.Tiers;

/// <summary>
/// The owner of one shared level as a plain state machine: it takes updates into rounds, folds a round into the next
/// version, and publishes a version once it is durable. Not safe for concurrent use.
/// </summary>
/// <remarks>
/// Its host calls <see cref="Submit"/> for every update, <see cref="Fold"/> when <see cref="IsRoundDue"/>, and, while
/// <see cref="HasUnsavedFold"/>, makes <see cref="Save"/> durable and confirms with <see cref="ConfirmSaved"/>. Marks, version and
/// journal are in one blob, so a crash anywhere leaves a whole fold or none: a sender that resends what its receipts
/// do not call durable makes every event count exactly once.
/// </remarks>
public sealed class Consolidator
{
    private const string VersionNumbers = "version";
    private const string BaseNumber = "base-number";
    private const string PublishedPrefix = "published/";
    private const long MaxJournalBytes = 256L << 20;

    private readonly ModelId _model;
    private readonly RoundPolicy _policy;
    private readonly FrameLimits _limits;
    private readonly ISharedLevel _level;
    private readonly PublishedLevel _published;
    private readonly SourceMarks _marks = new();
    private readonly Journal _journal = new();
    private Round _round = new();
    private PreparedVersion? _unsaved;
    private bool _isUnsolved;
    private long _baseNumber;

    /// <summary>A level at version 0, with nothing folded; folds may use this many threads.</summary>
    public Consolidator(ModelId model, ModelSpec spec, LevelId level, RoundPolicy policy, FrameLimits limits, int threads)
    {
        _model = model;
        _policy = policy;
        _limits = limits;
        _level = spec.CreateSharedLevel(level, threads);
        _published = new PublishedLevel(model, level, policy.VersionEncoding);
        _published.Restore(new LevelVersion(0, 0, _level.Solve()));
    }

    /// <summary>The level's settings.</summary>
    public LevelSpec Level => _level.Spec;

    /// <summary>The newest durable version.</summary>
    public LevelVersion Published => _published.Current;

    /// <summary>What went up and down since the level exists; after a crash, as of its last fold.</summary>
    public Traffic Traffic { get; private set; }

    /// <summary>The sources in the open round.</summary>
    public int RoundContributors => _round.Contributors;

    /// <summary>Whether a fold waits to be made durable; nothing may be folded before it is.</summary>
    public bool HasUnsavedFold => _unsaved is not null;

    /// <summary>Whether there is something to fold, its quorum or not.</summary>
    public bool HasOpenRound => _isUnsolved || _round.Contributors > 0;

    /// <summary>When the open round has to close even without its quorum; null while it is empty.</summary>
    public DateTimeOffset? RoundDeadline => _round.OpenedAt + _policy.MaxWait;

    /// <summary>
    /// Takes an update into the open round; a known one changes nothing, and one after a gap is not taken. The bytes must
    /// stay as they are: the journal keeps them.
    /// </summary>
    /// <exception cref="FrameException">The bytes are no update for this level.</exception>
    /// <exception cref="InvalidContributionException">The update's body does not fit the level.</exception>
    public Receipt Submit(ReadOnlyMemory<byte> update, DateTimeOffset now)
    {
        Traffic = Traffic with { BytesUp = Traffic.BytesUp + update.Length };
        Frame frame = FrameCodec.Decode(update, _limits);
        CheckAddress(frame.Header);
        SourceId source = frame.Header.Source!.Value;
        if (frame.Header.Sequence == Applied(source) + 1)
        {
            Contribution contribution = new(frame.Header.Events, frame.Tensors);
            _level.Check(contribution);
            _round.Add(new RoundUpdate(source, frame.Header.Sequence, contribution, update), now);
        }

        return ReceiptFor(source);
    }

    /// <summary>What of a source's updates is applied, and durable.</summary>
    public Receipt ReceiptFor(SourceId source) => new(Applied(source), _marks.Durable(source));

    /// <summary>Whether the open round has its quorum, or has waited long enough.</summary>
    public bool IsRoundDue(DateTimeOffset now) =>
        !HasUnsavedFold && (_isUnsolved || _round.Contributors >= _policy.MinContributors || now >= RoundDeadline);

    /// <summary>
    /// Closes the round and folds it into the next version, which is published once it is saved. Called again after it
    /// threw, it goes on where it failed: what the level has absorbed is not absorbed again.
    /// </summary>
    /// <exception cref="InvalidOperationException">The last fold is not saved yet.</exception>
    public void Fold()
    {
        if (HasUnsavedFold)
        {
            throw new InvalidOperationException("The last fold has to be saved before the next one.");
        }

        if (!_isUnsolved)
        {
            AbsorbRound();
        }

        _unsaved = _published.Prepare(new LevelVersion(Published.Number + 1, _level.Events, _level.Solve()));
        _isUnsolved = false;
    }

    /// <summary>What has to be durable before the last fold is published; the same again until it is confirmed.</summary>
    /// <exception cref="InvalidOperationException">Nothing is folded that is not durable.</exception>
    public ConsolidatorState Save()
    {
        LevelVersion version = _unsaved?.Version ?? throw new InvalidOperationException("There is no fold to save.");
        byte[]? newBase = null;
        long baseNumber = _baseNumber;
        if (_journal.SizeBytes > Math.Min(_level.StateBytes, MaxJournalBytes))
        {
            baseNumber++;
            newBase = Encode([.. _level.Save(), new IntegerTensor(BaseNumber, new[] { baseNumber })]);
        }

        TensorSet state = [new IntegerTensor(VersionNumbers, new[] { version.Number, version.Events, baseNumber, Traffic.BytesUp, Traffic.BytesDown })];
        _marks.Save(state);
        (newBase is null ? _journal : new Journal()).Save(state);
        state.AddPart(PublishedPrefix, version.Tensors);
        return new ConsolidatorState(Encode(state), baseNumber, newBase);
    }

    /// <summary>The state is durable: publishes its version, and receipts may call its updates durable.</summary>
    public void ConfirmSaved(ConsolidatorState saved)
    {
        if (saved.NewBase is not null)
        {
            _journal.Clear();
            _baseNumber = saved.BaseNumber;
        }

        if (_unsaved is not null)
        {
            _published.Commit(_unsaved);
            _unsaved = null;
        }

        _marks.ConfirmDurable();
    }

    /// <summary>How a memory of this source gets from its version to the newest durable one.</summary>
    public VersionReply Pull(SourceId source, long version)
    {
        VersionReply reply = new(_published.FramesFrom(version), Published.Number, ReceiptFor(source));
        Traffic = Traffic with { BytesDown = Traffic.BytesDown + reply.SizeBytes };
        return reply;
    }

    /// <summary>The base that a saved state refers to; 0 for none.</summary>
    /// <exception cref="FrameException">The bytes are not a whole state.</exception>
    public static long ReadBaseNumber(ReadOnlyMemory<byte> state, ModelId model) =>
        StateFrames.Decode(state, model).Get<IntegerTensor>(VersionNumbers).Values.Span[2];

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
        foreach (ReadOnlyMemory<byte> update in _journal.Frames)
        {
            Frame frame = FrameCodec.Decode(update, StateFrames.Limits);
            _level.Absorb([new Contribution(frame.Header.Events, frame.Tensors)]);
        }

        _marks.Load(tensors);
        _published.Restore(new LevelVersion(numbers[0], numbers[1], tensors.Part(PublishedPrefix)));
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
    }

    private byte[] Encode(TensorSet tensors) =>
        StateFrames.Encode(new FrameHeader(FrameKind.Snapshot, _model) { Level = Level.Id }, tensors, EncodingPolicy.Lossless);

    private long Applied(SourceId source) => _round.Mark(source) ?? _marks.Applied(source);

    private void AbsorbRound()
    {
        IReadOnlyList<RoundUpdate> updates = _round.InFoldOrder;
        _level.Absorb([.. updates.Select(update => update.Contribution)]);
        _round = new Round();
        _isUnsolved = true;
        foreach (RoundUpdate update in updates)
        {
            _marks.Advance(update.Source, update.Sequence);
            _journal.Append(update.Frame);
        }
    }

    private void CheckAddress(FrameHeader header)
    {
        if (header.Kind != FrameKind.Update || header.Model != _model || header.Level != Level.Id || header.Shard != 0)
        {
            throw new FrameException(
                FrameProblem.BadValue, nameof(header.Level), $"makes it a {header.Kind} of '{header.Model}/{header.Level}', shard {header.Shard}, accepted is an update of '{_model}/{Level.Id}', shard 0");
        }

        if (header.UpdateKind != Level.Kind)
        {
            throw new FrameException(
                FrameProblem.BadValue, nameof(header.UpdateKind), $"is {header.UpdateKind}, accepted is {Level.Kind}");
        }
    }
}
