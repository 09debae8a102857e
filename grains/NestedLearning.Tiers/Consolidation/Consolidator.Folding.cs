using NestedLearning.Models;
using NestedLearning.Tensors;

namespace NestedLearning.Tiers;

/// <summary>How a round becomes a version.</summary>
public sealed partial class Consolidator
{
    /// <summary>The parts of the open round that shards may add up before <see cref="Fold"/>; none where there is nothing to share out.</summary>
    public RoundParts CutRound() => RoundParts.Of(_model, _level, _absorbed is null ? _round.InFoldOrder : [], _policy.Shards);

    /// <summary>
    /// Closes the round and folds it into the next version, which is published once it is saved. The gate leaves out the sources that do
    /// not agree with the parent, then, while the rest does not pass, the worst of it, at most half of all; if none is left, the version
    /// equals its parent. What is left out goes into quarantine. Called again after it threw, it goes on where it failed: what the level has absorbed is not absorbed again.
    /// </summary>
    /// <param name="now">The time.</param>
    /// <param name="parts">What shards have added up of this round; what nobody has is added up here.</param>
    /// <exception cref="InvalidOperationException">The last fold is not saved yet.</exception>
    public void Fold(DateTimeOffset now, RoundParts? parts = null)
    {
        CheckIsSaved();
        _absorbed ??= AbsorbRound(parts);
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

    private AbsorbedRound AbsorbRound(RoundParts? parts)
    {
        AbsorbedRound absorbed = Absorb(_round.InFoldOrder, parts, update => Weighed(update, Published.Number));
        _round = new Round();
        foreach (RoundUpdate update in absorbed.All)
        {
            _marks.Advance(update.Source, update.Sequence);
        }

        return absorbed;
    }

    /// <summary>Lets the level's clock go on by the round, and the round come in then; nothing happens when it throws.</summary>
    private AbsorbedRound Absorb(IReadOnlyList<RoundUpdate> round, RoundParts? parts, Func<RoundUpdate, Contribution> weigh)
    {
        RoundParts ofRound = parts?.AreOf(round) == true ? parts : RoundParts.Of(_model, _level, round, _policy.Shards);
        long before = Clock;
        Clock = _sums?.ClockAfter(round.Sum(update => update.Contribution.Events)) ?? 0;
        try
        {
            AbsorbedRound absorbed = new([.. round.Select(update => update.ComeAt(Clock))], before);
            AddToLevel(ofRound, absorbed.All, weigh);
            return absorbed;
        }
        catch
        {
            Clock = before;
            throw;
        }
    }

    private void AddToLevel(RoundParts parts, IReadOnlyList<RoundUpdate> round, Func<RoundUpdate, Contribution> weigh)
    {
        Contribution[] contributions = [.. round.Select(weigh)];
        if (parts.All.Count == 0)
        {
            _level.Absorb(contributions);
            return;
        }

        try
        {
            _sums!.Absorb(contributions, parts.AddUp());
        }
        catch (InvalidContributionException) when (parts.All.Any(part => part.IsTaken))
        {
            // A shard that runs another build may make something else of it.
            foreach (RoundPart part in parts.All)
            {
                part.Drop();
            }

            _sums!.Absorb(contributions, parts.AddUp());
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
}
