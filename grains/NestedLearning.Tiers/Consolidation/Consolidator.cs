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
    /// <exception cref="InvalidPolicyException">The policy asks for what the level cannot have: a gate, or that sources can be taken out.</exception>
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

        _staleness = new Staleness(policy, _level.Spec.Kind);
        _journal = new Journal(_sums is null ? 0 : policy.KeptRounds);
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
            RoundUpdate taken = UpdateOf(frame, update);
            _level.Check(taken.Contribution);
            _round.Add(taken, now);
        }

        return ReceiptFor(source);
    }

    /// <summary>What of a source's updates is applied, and durable.</summary>
    public Receipt ReceiptFor(SourceId source) => new(Applied(source), _marks.Durable(source));

    /// <summary>The store holds what this owner saved last, or loaded.</summary>
    public void ConfirmOwned() => MayBeReplaced = false;

    /// <summary>Whether the open round has its quorum, or has waited long enough.</summary>
    public bool IsRoundDue(DateTimeOffset now) =>
        !HasUnsavedFold && (_absorbed is not null || _round.Contributors >= _policy.MinContributors || now >= RoundDeadline);

    /// <summary>
    /// Closes the round and folds it into the next version, which is published once it is saved. The gate leaves out the sources that do
    /// not agree with the parent, then, while the rest does not pass, the worst of it, at most half of all; if none is left, the version
    /// equals its parent. What is left out goes into quarantine. Called again after it threw, it goes on where it failed: what the level has absorbed is not absorbed again.
    /// </summary>
    /// <exception cref="InvalidOperationException">The last fold is not saved yet.</exception>
    public void Fold(DateTimeOffset now)
    {
        CheckIsSaved();
        _absorbed ??= AbsorbRound();
        TensorSet candidate = _level.Solve();
        GateJudgement? judgement = _gate.Judge(Published.Tensors, _absorbed.Kept);
        while (judgement is { Verdict.IsPassed: false } && _absorbed.Kept.Count > 0)
        {
            LeaveOutWorst(_absorbed, judgement);
            if (_absorbed.Kept.Count > 0)
            {
                candidate = _level.Solve();
                judgement = _gate.Judge(Published.Tensors, _absorbed.Kept);
            }
        }

        Publish(_absorbed.IsRejected ? Published.Tensors : candidate, _absorbed, judgement, now);
        _absorbed = null;
    }

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

    /// <summary>The level's time; it stands still where nothing fades.</summary>
    private long Clock
    {
        get => _sums?.Clock ?? 0;
        set
        {
            if (_sums is not null)
            {
                _sums.Clock = value;
            }
        }
    }

    private AbsorbedRound AbsorbRound()
    {
        AbsorbedRound absorbed = Absorb(_round.InFoldOrder, update => Weighed(update, Published.Number));
        _round = new Round();
        foreach (RoundUpdate update in absorbed.All)
        {
            _marks.Advance(update.Source, update.Sequence);
        }

        return absorbed;
    }

    /// <summary>Lets the level's clock go on by the round, and the round come in then; nothing happens when it throws.</summary>
    private AbsorbedRound Absorb(IReadOnlyList<RoundUpdate> round, Func<RoundUpdate, Contribution> weigh)
    {
        long before = Clock;
        Clock = _sums?.ClockAfter(round.Sum(update => update.Contribution.Events)) ?? 0;
        try
        {
            AbsorbedRound absorbed = new([.. round.Select(update => update.ComeAt(Clock))], before);
            _level.Absorb([.. absorbed.All.Select(weigh)]);
            return absorbed;
        }
        catch
        {
            Clock = before;
            throw;
        }
    }

    private void LeaveOutWorst(AbsorbedRound round, GateJudgement judgement)
    {
        IReadOnlyList<SourceId> worst = judgement.Strangers.Count > 0 ? judgement.Strangers
            : round.MayLose > 0 ? [judgement.Sources[0]]
            : judgement.Sources;
        foreach (SourceId source in worst)
        {
            IReadOnlyList<RoundUpdate> updates = round.Of(source);
            _sums!.Release([.. updates.Select(update => update.Contribution)]);
            round.LeaveOut(updates);
        }
    }

    private void Publish(TensorSet parameters, AbsorbedRound round, GateJudgement? judgement, DateTimeOffset now)
    {
        if (round.IsRejected)
        {
            Clock = round.ClockBefore;
        }
        else
        {
            _gate.Keep(round.Kept);
            _gate.Settle(judgement);
        }

        long number = Published.Number + 1;
        foreach (RoundUpdate update in round.All)
        {
            int order = round.LeftOut.IndexOf(update);
            _journal.Append(new JournalEntry(update.Stored, number, order < 0 ? 0 : number, Math.Max(order, 0)));
        }

        _journal.SetClock(number, Clock);
        FoldOutcome outcome = round.IsRejected ? FoldOutcome.Rejected : FoldOutcome.Folded;
        LineageEntry entry = new(number, outcome, now, _level.Events, SourcesOf(round.Kept)) { LeftOut = SourcesOf(round.LeftOut), Gate = judgement?.Verdict };
        Prepare(parameters, entry, [.. round.LeftOut.Select(update => update.Stored)]);
    }

    private void Prepare(TensorSet parameters, LineageEntry entry, IReadOnlyCollection<StoredUpdate> leftOut)
    {
        StateAttachment? quarantine = leftOut.Count == 0
            ? null
            : StateAttachment.Of(AttachmentKind.Quarantine, entry.Version, Pack(leftOut));
        _unsaved = new UnsavedVersion(_published.Prepare(new LevelVersion(entry.Version, entry.Events, parameters)), entry, quarantine);
    }

    private static IReadOnlyList<FoldedSource> SourcesOf(IEnumerable<RoundUpdate> updates) =>
        [.. updates
            .GroupBy(update => update.Source.Value, StringComparer.Ordinal)
            .Select(source => new FoldedSource(
                source.Key, source.Min(update => update.Sequence), source.Max(update => update.Sequence), source.Sum(update => update.Contribution.Events)))];

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
