using NestedLearning.Models;

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
public sealed partial class Consolidator
{
    private readonly ModelId _model;
    private readonly RoundPolicy _policy;
    private readonly FrameLimits _limits;
    private readonly ISharedLevel _level;
    private readonly IReversibleLevel? _sums;
    private readonly PublishedLevel _published;
    private readonly SourceMarks _marks = new();
    private readonly Gate _gate;
    private readonly Staleness _staleness;
    private Journal _journal;
    private Lineage _lineage = new();
    private Round _round = new();
    private AbsorbedRound? _absorbed;
    private UnsavedVersion? _unsaved;

    /// <summary>A level at version 0, with nothing folded; folds may use this many threads.</summary>
    /// <exception cref="InvalidPolicyException">The policy asks for what the level cannot have: a gate, shards, or that sources can be taken out.</exception>
    public Consolidator(ModelId model, ModelSpec spec, LevelId level, RoundPolicy policy, FrameLimits limits, int threads)
    {
        _model = model;
        _policy = policy;
        _limits = limits;
        _level = spec.CreateSharedLevel(level, threads);
        _sums = _level as IReversibleLevel;
        _gate = new Gate(policy.Gate, _level);
        if (policy.Forgettable && _sums is null)
        {
            throw new InvalidPolicyException([$"{nameof(RoundPolicy.Forgettable)} is true, accepted for the level '{level}', whose updates are no sums: false"]);
        }

        if (policy.Shards > 1 && _sums is null)
        {
            throw new InvalidPolicyException([$"{nameof(RoundPolicy.Shards)} is {policy.Shards}, accepted for the level '{level}', whose updates are no sums: 1"]);
        }

        _staleness = new Staleness(policy, _level.Spec.Kind);
        _journal = new Journal(_sums is null ? 0 : policy.KeptRounds);
        _published = new PublishedLevel(model, level, policy.VersionEncoding);
        _published.Restore(new LevelVersion(0, 0, _level.Solve()));
    }

    /// <summary>Which of the models of its name it belongs to (<see cref="StoredModel.Incarnation"/>).</summary>
    public string Incarnation { get; init; } = "";

    /// <summary>
    /// Begins with what another level has learned, as version 0; before a state is loaded, if that refers to no base. It is no source's: no
    /// mark, no journal and no probe tells of it, so nobody's part of it can be taken out.
    /// </summary>
    /// <param name="initial">What it begins with.</param>
    /// <param name="importedAt">When the model was made; null where that is not known, and the lineage does not say.</param>
    /// <exception cref="InvalidInputException">It is not what this level can begin with.</exception>
    public void Begin(InitialLevel initial, DateTimeOffset? importedAt)
    {
        _level.Begin(initial.Parameters, initial.Statistics);
        _published.Restore(new LevelVersion(0, _level.Events, _sums is null ? _level.Solve() : initial.Parameters));
        _journal.SetClock(0, Clock);
        if (importedAt is { } at)
        {
            _lineage = _lineage.With(new LineageEntry(0, FoldOutcome.Imported, at, _level.Events, []), null);
        }
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
    public bool HasOpenRound => _absorbed is not null || _round.Contributors > 0;

    /// <summary>Whether the last fold failed half-way; <see cref="Fold"/> goes on with it.</summary>
    public bool IsFoldUnfinished => _absorbed is not null;

    /// <summary>
    /// Whether a sender knows more of this level than it does itself: an update came after a gap, or was made on a version
    /// that is not published here. An owner that has been replaced without knowing it sees this, and so does one that lost
    /// its open round; which of them it is, the store knows.
    /// </summary>
    public bool MayBeReplaced { get; private set; }

    /// <summary>When the open round has to close even without its quorum; null while it is empty.</summary>
    public DateTimeOffset? RoundDeadline => _round.OpenedAt + _policy.MaxWait;

    /// <summary>
    /// Takes an update into the open round; a known one changes nothing. One after a gap is not taken, nor one that is
    /// too late or beyond what the round takes of its source; the receipt says so, and the sender brings it again. The bytes must stay
    /// as they are: the journal keeps them.
    /// </summary>
    /// <exception cref="FrameException">The bytes are no update for this level.</exception>
    /// <exception cref="InvalidContributionException">The update's body does not fit the level.</exception>
    public Receipt Submit(ReadOnlyMemory<byte> update, DateTimeOffset now)
    {
        Traffic = Traffic with { BytesUp = Traffic.BytesUp + update.Length };
        Frame frame = FrameCodec.Decode(update, _limits);
        CheckAddress(frame.Header);
        SourceId source = frame.Header.Source!.Value;
        long next = Applied(source) + 1;
        MayBeReplaced |= frame.Header.Sequence > next || frame.Header.BaseVersion > Published.Number;
        if (frame.Header.Sequence == next
            && !_staleness.IsTooLate(frame.Header.BaseVersion, NextParent)
            && _round.HasRoomFor(source, frame.Header.Events, _policy.MaxEventsPerSource))
        {
            RoundUpdate taken = RoundUpdate.Of(frame, update);
            _level.Check(taken.Contribution);
            _round.Add(taken, now);
        }

        return ReceiptFor(source);
    }

    /// <summary>What of a source's updates is applied, and durable.</summary>
    public Receipt ReceiptFor(SourceId source) => new(Applied(source), _marks.Durable(source));

    /// <summary>The sources of what is folded, whose names begin so and come after another, in order.</summary>
    public IReadOnlyList<SourceId> Sources(string prefix, string after, int count) => _marks.Named(prefix, after, count);

    /// <summary>How well the newest version knows what each source has taught, by the gate's probes; none where there is no gate.</summary>
    public IReadOnlyList<ProbeScore> ProbeScores => _gate.Scores();

    /// <summary>The store holds what this owner saved last, or loaded.</summary>
    public void ConfirmOwned() => MayBeReplaced = false;

    /// <summary>Whether the open round has its quorum, or has waited long enough.</summary>
    public bool IsRoundDue(DateTimeOffset now) =>
        !HasUnsavedFold && (_absorbed is not null || _round.Contributors >= _policy.MinContributors || now >= RoundDeadline);

    /// <summary>How a memory of this source gets from its version to the newest durable one.</summary>
    public VersionReply Pull(SourceId source, long version)
    {
        VersionReply reply = new(_published.FramesFrom(version), Published.Number, ReceiptFor(source));
        Traffic = Traffic with { BytesDown = Traffic.BytesDown + reply.SizeBytes };
        return reply;
    }

    /// <summary>The version that the open round is folded onto.</summary>
    private long NextParent => Published.Number + (_absorbed is null && _unsaved is null ? 0 : 1);

    private long Applied(SourceId source) => _round.Mark(source) ?? _marks.Applied(source);

    private void CheckIsSaved()
    {
        if (HasUnsavedFold)
        {
            throw new InvalidOperationException("The last fold has to be saved before the next one.");
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
