using NestedLearning.Models;

namespace NestedLearning.Tiers;

/// <summary>
/// What is exported of a level: each update once, however often the level has it, and at the end what all of them are. An update that was
/// left out and folded later is in the journal twice, and one in quarantine is often there, too.
/// </summary>
public sealed class LevelExport
{
    private readonly LevelId _level;
    private readonly LevelHoldings _held;
    private readonly long _through;
    private readonly Func<Contribution, IReadOnlyList<string>> _labelsOf;
    private readonly HashSet<long> _given = [];
    private long _events;

    internal LevelExport(LevelId level, LevelHoldings held, long through, Func<Contribution, IReadOnlyList<string>> labelsOf)
    {
        _level = level;
        _held = held;
        _through = through;
        _labelsOf = labelsOf;
    }

    private string Folder => $"levels/{_level}";

    /// <summary>The file of an update; null for one that was given, or that came later. It asks the level, so it is for the level's turns.</summary>
    public ExportedFile? Add(HeldUpdate update)
    {
        RoundUpdate read = RoundUpdate.Read(update.Update);
        if (read.Sequence > _through || !_given.Add(read.Sequence))
        {
            return null;
        }

        _events += read.Contribution.Events;
        return update.ToFile(read, $"{Folder}/updates", _labelsOf(read.Contribution));
    }

    /// <summary>The files that come after the updates.</summary>
    /// <param name="isForgettable">Whether the level keeps all updates.</param>
    /// <param name="lineage">The versions that name the source.</param>
    public IEnumerable<ExportedFile> End(bool isForgettable, IReadOnlyList<HeldLineage> lineage)
    {
        int probes = 0;
        if (_held.Probes.Count > 0)
        {
            probes = ProbeReservoir.Count(_held.Probes);
            yield return TensorFile.Of($"{Folder}/probes.safetensors", "nested-learning/probes", _held.Probes, new Dictionary<string, string>
            {
                ["level"] = _level.Value,
                ["tenant"] = _held.Source.Value,
            });
        }

        HeldLevelDocument document = new(
            _level.Value,
            _held.Version,
            _held.Marks.AppliedThrough,
            _held.Marks.DurableThrough,
            isForgettable,
            _given.Count,
            _events,
            probes,
            lineage);
        yield return ExportJson.File($"{Folder}/level.json", document, ExportJson.Default.HeldLevelDocument);
    }
}
