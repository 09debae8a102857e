using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Simulation;

/// <summary>
/// Where every update is by what a lineage says: folded minus left out and rolled back, plus replayed, minus forgotten. Each entry
/// has to fit what is in it so far.
/// </summary>
internal sealed class Ledger
{
    private readonly Dictionary<UpdateId, long> _inLevel = [];
    private readonly SortedDictionary<long, List<UpdateId>> _inQuarantine = [];
    private readonly Dictionary<SourceId, long> _marks = [];

    /// <summary>The updates that count.</summary>
    public IEnumerable<UpdateId> InLevel => _inLevel.Keys;

    /// <summary>The updates in quarantine, by the version that left them out.</summary>
    public IReadOnlyDictionary<long, List<UpdateId>> InQuarantine => _inQuarantine;

    /// <summary>The last update of a source that was taken, whatever became of it.</summary>
    public long Mark(SourceId source) => _marks.GetValueOrDefault(source);

    /// <summary>Takes in the next entry.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="forgotten">Whose marks have gone up with it beyond all that they can have sent, and to where.</param>
    /// <returns>What is wrong with it, or null.</returns>
    public string? Enter(LineageEntry entry, IReadOnlyDictionary<SourceId, long> forgotten) => entry.Outcome switch
    {
        FoldOutcome.Folded or FoldOutcome.Rejected => Fold(entry),
        FoldOutcome.RolledBack => LeaveOut(entry, [.. _inLevel.Where(update => update.Value > entry.Of).Select(update => update.Key)]),
        FoldOutcome.Replayed => Replay(entry),
        FoldOutcome.Forgotten => Forget(entry, forgotten),
        _ => $"version {entry.Version} says {entry.Outcome}",
    };

    /// <summary>A source is forgotten of which there is nothing.</summary>
    /// <returns>What is wrong with that, or null.</returns>
    public string? Raise(SourceId source, long mark)
    {
        UpdateId left = _inLevel.Keys.Concat(_inQuarantine.Values.SelectMany(updates => updates)).FirstOrDefault(update => update.Source == source);
        _marks[source] = mark;
        return left == default ? null : $"{source} has gone beyond all marks, and no version is without {left}";
    }

    private string? Fold(LineageEntry entry)
    {
        foreach (FoldedSource source in entry.Sources.Concat(entry.LeftOut))
        {
            SourceId id = new(source.Source);
            if (source.First != Mark(id) + 1 || source.Last < source.First)
            {
                return $"version {entry.Version} takes updates {source.First} to {source.Last} of {id} after {Mark(id)}";
            }

            _marks[id] = source.Last;
        }

        foreach (UpdateId update in entry.Sources.SelectMany(Ids))
        {
            _inLevel.Add(update, entry.Version);
        }

        Quarantine(entry.Version, [.. entry.LeftOut.SelectMany(Ids)]);
        return null;
    }

    private string? LeaveOut(LineageEntry entry, List<UpdateId> updates)
    {
        foreach (UpdateId update in updates)
        {
            _inLevel.Remove(update);
        }

        Quarantine(entry.Version, updates);
        return Differ(entry, entry.LeftOut, updates);
    }

    private string? Replay(LineageEntry entry)
    {
        if (!_inQuarantine.Remove(entry.Of ?? -1, out List<UpdateId>? updates))
        {
            return $"version {entry.Version} replays what version {entry.Of} left out, and nothing of that is in quarantine";
        }

        foreach (UpdateId update in updates)
        {
            _inLevel.Add(update, entry.Version);
        }

        return Differ(entry, entry.Sources, updates);
    }

    private string? Forget(LineageEntry entry, IReadOnlyDictionary<SourceId, long> forgotten)
    {
        UpdateId[] updates = [.. _inLevel.Keys.Where(update => forgotten.ContainsKey(update.Source))];
        foreach (UpdateId update in updates)
        {
            _inLevel.Remove(update);
        }

        foreach (long version in _inQuarantine.Keys.ToArray())
        {
            List<UpdateId> rest = [.. _inQuarantine[version].Where(update => !forgotten.ContainsKey(update.Source))];
            _inQuarantine.Remove(version);
            Quarantine(version, rest);
        }

        foreach ((SourceId source, long mark) in forgotten)
        {
            _marks[source] = mark;
        }

        return Differ(entry, entry.LeftOut, updates);
    }

    private void Quarantine(long version, List<UpdateId> updates)
    {
        if (updates.Count > 0)
        {
            _inQuarantine.Add(version, updates);
        }
    }

    private static IEnumerable<UpdateId> Ids(FoldedSource source)
    {
        for (long sequence = source.First; sequence <= source.Last; sequence++)
        {
            yield return new UpdateId(new SourceId(source.Source), sequence);
        }
    }

    private static string? Differ(LineageEntry entry, IReadOnlyList<FoldedSource> said, IReadOnlyCollection<UpdateId> updates)
    {
        string[] expected = [.. updates
            .GroupBy(update => update.Source.Value, StringComparer.Ordinal)
            .Select(source => Describe(source.Key, source.Min(update => update.Sequence), source.Max(update => update.Sequence)))
            .Order(StringComparer.Ordinal)];
        string[] found = [.. said.Select(source => Describe(source.Source, source.First, source.Last)).Order(StringComparer.Ordinal)];
        return found.SequenceEqual(expected)
            ? null
            : $"version {entry.Version} ({entry.Outcome}) says {string.Join(", ", found)}, and what went before says {string.Join(", ", expected)}";
    }

    private static string Describe(string source, long first, long last) => FormattableString.Invariant($"{source} {first} to {last}");
}
