using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Simulation;

/// <summary>
/// What is durable of a level is what its lineage says: which events count, what is in quarantine, and how far each source's updates
/// are taken. No entry ever changes.
/// </summary>
internal sealed class LineageTellsAll : Invariant
{
    /// <summary>More than a source sends in a run, and less than a mark goes up when its source is forgotten.</summary>
    private const long ManyUpdates = 1 << 16;

    private readonly Ledger _ledger = new();
    private readonly List<LineageEntry> _entries = [];
    private readonly HashSet<TenantId> _mayGo = [];

    public override string Promise => "the level counts what its lineage says: folded, minus rolled back, plus replayed, minus forgotten";

    /// <summary>How many versions came to be in this way.</summary>
    public int CountOf(FoldOutcome outcome) => _entries.Count(entry => entry.Outcome == outcome);

    public override string? OnLeaving(DurableWorld durable, TenantId tenant)
    {
        _mayGo.Add(tenant);
        return null;
    }

    public override string? OnLevelSaved(DurableWorld durable) =>
        durable.Level.Lineage.Select(entry => Enter(durable, entry)).FirstOrDefault(problem => problem is not null)
        ?? Forgotten(durable).Select(gone => _ledger.Raise(gone.Key, gone.Value)).FirstOrDefault(problem => problem is not null)
        ?? CheckMarks(durable)
        ?? CheckQuarantines(durable.Level)
        ?? CheckCounts(durable);

    public override string? OnRolledBack(DurableWorld durable, long version, long from, LineageEntry made) =>
        made.Version == from + 1 ? CheckMade(made, FoldOutcome.RolledBack, version) : $"a rollback from version {from} makes version {made.Version}";

    public override string? OnReplayed(DurableWorld durable, long version, LineageEntry made) => CheckMade(made, FoldOutcome.Replayed, version);

    private string? Enter(DurableWorld durable, LineageEntry entry)
    {
        if (entry.Version <= _entries.Count)
        {
            LineageEntry known = _entries[(int)entry.Version - 1];
            return IsSame(known, entry) ? null : $"version {entry.Version} was {known.Outcome} of {known.Events} events, and is {entry.Outcome} of {entry.Events}";
        }

        if (entry.Version != _entries.Count + 1)
        {
            return $"version {entry.Version} comes after version {_entries.Count}";
        }

        _entries.Add(entry);
        return _ledger.Enter(entry, Forgotten(durable));
    }

    /// <summary>Whose marks are up beyond all that they can have sent, and where they are; of those only that somebody asked to forget.</summary>
    private Dictionary<SourceId, long> Forgotten(DurableWorld durable) => durable.Memories
        .Select(memory => memory.Tenant)
        .Where(tenant => _mayGo.Contains(tenant) && durable.Level.Mark(tenant) > _ledger.Mark(SourceOf(tenant)) + ManyUpdates)
        .ToDictionary(SourceOf, durable.Level.Mark);

    private string? CheckMarks(DurableWorld durable) => durable.Memories
        .Select(memory => memory.Tenant)
        .Where(tenant => durable.Level.Mark(tenant) != _ledger.Mark(SourceOf(tenant)))
        .Select(tenant => $"the level has taken updates of {tenant} up to {durable.Level.Mark(tenant)}, and its lineage says {_ledger.Mark(SourceOf(tenant))}")
        .FirstOrDefault();

    private string? CheckQuarantines(DurableLevel level)
    {
        bool areSame = level.Quarantines.Count == _ledger.InQuarantine.Count && level.Quarantines.All(quarantine =>
            _ledger.InQuarantine.TryGetValue(quarantine.Key, out List<UpdateId>? expected)
            && quarantine.Value.Select(update => update.Id).ToHashSet().SetEquals(expected));
        return areSame ? null : $"in quarantine is what versions {Names(level.Quarantines.Keys)} left out, and the lineage says {Names(_ledger.InQuarantine.Keys)}, or not the same updates";
    }

    private string? CheckCounts(DurableWorld durable)
    {
        int[] expected = new int[durable.Level.Counts.Length];
        foreach (UpdateId update in _ledger.InLevel)
        {
            foreach (int number in durable.Updates.EventsOf(update))
            {
                expected[number]++;
            }
        }

        int wrong = expected.AsSpan().CommonPrefixLength(durable.Level.Counts);
        return wrong == expected.Length ? null : $"event {wrong} of the run counts {durable.Level.Counts[wrong]} times in the level, and the lineage says {expected[wrong]}";
    }

    private string? CheckMade(LineageEntry made, FoldOutcome outcome, long of) =>
        made.Version <= _entries.Count && IsSame(made, _entries[(int)made.Version - 1]) && made.Outcome == outcome && made.Of == of
            ? null
            : $"somebody hears that version {made.Version} is {made.Outcome} of {made.Of}, which is not durable or not what was asked for";

    private static bool IsSame(LineageEntry a, LineageEntry b) =>
        (a.Version, a.Outcome, a.At, a.Events, a.Of) == (b.Version, b.Outcome, b.At, b.Events, b.Of);

    private static SourceId SourceOf(TenantId tenant) => new(tenant.Value);

    private static string Names(IEnumerable<long> versions) => string.Join(", ", versions.Order().DefaultIfEmpty(0));
}
