using NestedLearning.Models;
using NestedLearning.Tensors;

namespace NestedLearning.Tiers;

/// <summary>What is done to a level by hand. Each makes a version of its own, which is saved and published like a fold.</summary>
public sealed partial class Consolidator
{
    /// <summary>Where the newest versions came from, oldest first; what came before is in segments.</summary>
    public IReadOnlyList<LineageEntry> Lineage => _lineage.Recent;

    /// <summary>Where older entries are, a <see cref="LineageSegment"/>; null while there are none.</summary>
    public AttachmentName? OlderLineage => _lineage.Older;

    /// <summary>The versions whose updates are in quarantine.</summary>
    public IReadOnlyCollection<long> InQuarantine => [.. _lineage.Quarantines.Keys];

    /// <summary>Whether <see cref="Rollback"/> can publish this earlier version again.</summary>
    public bool CanGoBackTo(long version) =>
        version >= 0 && version < Published.Number
        && _sums is not null && _journal.CanGoBackTo(version) && _sums.CanGoBackTo(_journal.ClockOf(version));

    /// <summary>
    /// Publishes an earlier version again: what has been folded since goes into quarantine, and marks stay, so that nobody sends it
    /// again.
    /// </summary>
    /// <param name="version">The version to publish again.</param>
    /// <param name="from">The newest version, as whoever decided this knew it.</param>
    /// <param name="now">The time.</param>
    /// <exception cref="VersionConflictException">There is a newer version.</exception>
    /// <exception cref="UnknownVersionException">The version's later updates are not kept, or it contains some that have been taken out.</exception>
    /// <exception cref="InvalidOperationException">The last fold is not saved yet, or failed half-way.</exception>
    public void Rollback(long version, long from, DateTimeOffset now)
    {
        CheckIsAtRest();
        if (from != Published.Number)
        {
            throw new VersionConflictException(Level.Id, from, Published.Number);
        }

        if (!CanGoBackTo(version))
        {
            throw new UnknownVersionException(Level.Id, version, AcceptedForRollback());
        }

        RoundUpdate[] since = [.. _journal.Since(version).Select(RoundUpdate.Read)];
        Contribution[] contributions = [.. since.Select(update => update.Contribution)];
        long clock = Clock;
        _sums!.Release(contributions);
        Clock = _journal.ClockOf(version);
        TensorSet parameters = SolveOr(() =>
        {
            Clock = clock;
            _level.Absorb(contributions);
        });
        _gate.Drop(since);
        _gate.Settle(null);
        long number = Published.Number + 1;
        _journal.Release(version, number);
        _journal.SetClock(number, Clock);
        LineageEntry entry = new(number, FoldOutcome.RolledBack, now, _level.Events, []) { Of = version, LeftOut = SourcesOf(since) };
        Prepare(parameters, entry, [.. since.Select(update => update.Stored)]);
    }

    /// <summary>Folds the updates that a version left out, whatever the gate says.</summary>
    /// <param name="version">Whose quarantine it is.</param>
    /// <param name="quarantine">What was attached to that version.</param>
    /// <param name="now">The time.</param>
    /// <exception cref="UnknownVersionException">No updates of that version are in quarantine.</exception>
    /// <exception cref="FrameException">The bytes are no quarantine of this level.</exception>
    /// <exception cref="InvalidOperationException">The last fold is not saved yet, or failed half-way.</exception>
    public void Replay(long version, ReadOnlyMemory<byte> quarantine, DateTimeOffset now)
    {
        CheckIsAtRest();
        AttachmentName replayed = QuarantineOf(version);
        AbsorbedRound round = Absorb(ReadQuarantine(quarantine), null, update => update.Contribution);
        IReadOnlyList<RoundUpdate> updates = round.All;
        TensorSet parameters = SolveOr(() =>
        {
            _sums!.Release([.. updates.Select(update => update.Contribution)]);
            Clock = round.ClockBefore;
        });
        _gate.Keep(updates);
        _gate.Settle(null);
        long number = Published.Number + 1;
        foreach (RoundUpdate update in updates)
        {
            _journal.Append(new JournalEntry(update.Stored, number));
        }

        _journal.SetClock(number, Clock);

        LineageEntry entry = new(number, FoldOutcome.Replayed, now, _level.Events, SourcesOf(updates)) { Of = version };
        _archives = IsForgettable ? _archives.Discard(replayed) : _archives;
        Prepare(parameters, entry, []);
    }

    /// <summary>The version that a rollback made, asked for with the same words before; null where there is none.</summary>
    public LineageEntry? FindRollback(long version, long from) => Lineage.FirstOrDefault(
        entry => entry.Outcome == FoldOutcome.RolledBack && entry.Of == version && entry.Version == from + 1);

    /// <summary>The version into which a quarantine was folded; null while it was not.</summary>
    public LineageEntry? FindReplay(long version) => Lineage.FirstOrDefault(
        entry => entry.Outcome == FoldOutcome.Replayed && entry.Of == version);

    /// <summary>Where the updates are that a version left out.</summary>
    /// <exception cref="UnknownVersionException">No updates of that version are in quarantine.</exception>
    public AttachmentName QuarantineOf(long version) => _lineage.Quarantines.TryGetValue(version, out AttachmentName? name)
        ? name
        : throw new UnknownVersionException(
            Level.Id, version, InQuarantine.Count == 0 ? "none, nothing is in quarantine" : string.Join(", ", InQuarantine));

    private IReadOnlyList<RoundUpdate> ReadQuarantine(ReadOnlyMemory<byte> quarantine) =>
        [.. FramePack.Load(StateFrames.Decode(quarantine, _model), PackedUpdates).Select(RoundUpdate.Read)];

    private void CheckIsAtRest()
    {
        CheckIsSaved();
        if (_absorbed is not null)
        {
            throw new InvalidOperationException("The last fold has to be finished first.");
        }
    }

    private TensorSet SolveOr(Action undo)
    {
        try
        {
            return _level.Solve();
        }
        catch
        {
            undo();
            throw;
        }
    }

    private string AcceptedForRollback()
    {
        long[] versions = [.. Enumerable.Range(0, (int)Math.Min(Published.Number - _journal.ReachesBackTo, int.MaxValue))
            .Select(i => _journal.ReachesBackTo + i)
            .Where(CanGoBackTo)];
        return versions.Length == 0 ? "none" : Ranges(versions);
    }

    /// <summary>Rising numbers as text, neighbours as one range.</summary>
    private static string Ranges(IReadOnlyList<long> numbers)
    {
        List<(long First, long Last)> ranges = [];
        foreach (long number in numbers)
        {
            if (ranges.Count > 0 && ranges[^1].Last == number - 1)
            {
                ranges[^1] = (ranges[^1].First, number);
            }
            else
            {
                ranges.Add((number, number));
            }
        }

        return string.Join(", ", ranges.Select(range => range.First == range.Last ? $"{range.First}" : $"{range.First} to {range.Last}"));
    }
}
