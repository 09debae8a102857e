using NestedLearning.Tiers;

namespace NestedLearning.Hosting;

/// <summary>Where a level's versions came from, and what is done to them by hand.</summary>
public sealed partial class ConsolidatorHost
{
    /// <summary>Publishes an earlier version again; what has been folded since goes into quarantine. It may be repeated.</summary>
    /// <returns>The version that this made.</returns>
    /// <exception cref="UnknownVersionException">The version cannot be gone back to.</exception>
    /// <exception cref="VersionConflictException">There is a newer version than <paramref name="from"/>.</exception>
    public ValueTask<LineageEntry> RollbackAsync(long version, long from, CancellationToken cancellationToken) =>
        ReviseAsync(
            () => _consolidator.FindRollback(version, from),
            _ => ValueTask.FromResult<Action>(() => _consolidator.Rollback(version, from, _time.GetUtcNow())),
            cancellationToken);

    /// <summary>Folds the updates that a version left out, whatever the gate says. It may be repeated.</summary>
    /// <returns>The version that this made.</returns>
    /// <exception cref="UnknownVersionException">No updates of that version are in quarantine.</exception>
    /// <exception cref="StoreException">Another owner has saved the level since; this one has to go.</exception>
    public ValueTask<LineageEntry> ReplayAsync(long version, CancellationToken cancellationToken) =>
        ReviseAsync(
            () => _consolidator.FindReplay(version),
            async turn =>
            {
                await CheckOwnedAsync(turn); // What another owner has done away with would look damaged.
                ReadOnlyMemory<byte> quarantine = await _storage.LoadAsync(_consolidator.QuarantineOf(version), turn);
                return () => _consolidator.Replay(version, quarantine, _time.GetUtcNow());
            },
            cancellationToken);

    /// <summary>Where versions came from, newest first.</summary>
    /// <param name="before">Only versions below this one.</param>
    /// <param name="count">At most so many.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public ValueTask<IReadOnlyList<VersionRecord>> GetVersionsAsync(long before, int count, CancellationToken cancellationToken) =>
        _mailbox.AskAsync(
            async turn =>
            {
                List<LineageEntry> found = [.. _consolidator.Lineage.Where(entry => entry.Version < before)];
                for (AttachmentName? older = _consolidator.OlderLineage; older is not null && found.Count < count;)
                {
                    LineageSegment segment = LineageSegment.Read(await _storage.LoadAsync(older, turn));
                    found.InsertRange(0, segment.Entries.Where(entry => entry.Version < before));
                    older = segment.Older;
                }

                return (IReadOnlyList<VersionRecord>)[.. found.TakeLast(count).Reverse().Select(Describe)];
            },
            cancellationToken);

    /// <summary>Finishes what a fold left undone, makes a version by hand unless it is there, and returns once it is durable.</summary>
    private ValueTask<LineageEntry> ReviseAsync(
        Func<LineageEntry?> find, Func<CancellationToken, ValueTask<Action>> prepare, CancellationToken cancellationToken) =>
        _mailbox.AskAsync(
            async turn =>
            {
                await FinishFoldAsync(turn);
                if (find() is not { } done)
                {
                    Action revise = await prepare(turn);
                    await _compute.RunAsync(
                        () =>
                        {
                            revise();
                            return true;
                        },
                        turn);
                    await SaveAsync(turn);
                    done = _consolidator.Lineage[^1];
                }

                return done;
            },
            cancellationToken);

    private async ValueTask FinishFoldAsync(CancellationToken cancellationToken)
    {
        while (_consolidator.HasUnsavedFold || _consolidator.IsFoldUnfinished)
        {
            await FoldAsync(cancellationToken);
            await SaveAsync(cancellationToken);
        }
    }

    private VersionRecord Describe(LineageEntry entry) => new(
        entry, entry.Version == _consolidator.Published.Number, _consolidator.CanGoBackTo(entry.Version), _consolidator.InQuarantine.Contains(entry.Version));
}
