using System.Text.Json;
using NestedLearning.Tensors;

namespace NestedLearning.Tiers;

/// <summary>
/// Where the versions of a level came from. The newest entries are part of its state; once there are many, the older half leaves
/// for a segment of its own, so that a fold saves little however long the level lives.
/// </summary>
internal sealed class Lineage
{
    private const int MaxEntries = 64;
    private const int MaxSources = 4096;
    private const string Key = "lineage";

    private readonly SortedDictionary<long, AttachmentName> _quarantines = [];
    private List<LineageEntry> _recent = [];

    /// <summary>The newest segment of older entries; null while there is none.</summary>
    public AttachmentName? Older { get; private set; }

    /// <summary>The newest entries, oldest first.</summary>
    public IReadOnlyList<LineageEntry> Recent => _recent;

    /// <summary>The updates in quarantine by the version that left them out.</summary>
    public IReadOnlyDictionary<long, AttachmentName> Quarantines => _quarantines;

    /// <summary>The lineage with one more version, and what it left out.</summary>
    public Lineage With(LineageEntry entry, AttachmentName? quarantine)
    {
        Lineage next = Copy([.. _recent, entry], Older);
        if (entry.Outcome == FoldOutcome.Replayed)
        {
            next._quarantines.Remove(entry.Of!.Value);
        }
        else if (quarantine is not null)
        {
            next._quarantines.Add(entry.Version, quarantine);
        }

        return next;
    }

    /// <summary>The lineage with other quarantines in place of some, or none.</summary>
    public Lineage With(IEnumerable<SiftedAttachment> sifted)
    {
        Lineage next = Copy(_recent, Older);
        foreach (SiftedAttachment quarantine in sifted.Where(attachment => attachment.Name.Kind == AttachmentKind.Quarantine))
        {
            next._quarantines.Remove(quarantine.Name.Number);
            if (quarantine.Rest is { } rest)
            {
                next._quarantines.Add(rest.Number, rest);
            }
        }

        return next;
    }

    /// <summary>What is left when the older half leaves, and the segment that has to be durable first; null while all stay.</summary>
    public (Lineage Lineage, StateAttachment? Segment) Split()
    {
        if (_recent.Count < MaxEntries && (_recent.Count < 2 || _recent.Sum(entry => entry.Sources.Count + entry.LeftOut.Count) < MaxSources))
        {
            return (this, null);
        }

        int half = _recent.Count / 2;
        StateAttachment segment = new LineageSegment(_recent[..half], Older).Attach();
        return (Copy(_recent[half..], segment.Name), segment);
    }

    public void Save(TensorSet state) =>
        state.Add(new BytesTensor(Key, JsonSerializer.SerializeToUtf8Bytes(
            new LineageState(_recent, Older, [.. _quarantines.Values]), LineageJson.Default.LineageState)));

    public void Load(TensorSet state)
    {
        LineageState saved = JsonSerializer.Deserialize(state.Get<BytesTensor>(Key).Bytes.Span, LineageJson.Default.LineageState)
            ?? throw new JsonException("The lineage is null.");
        _recent = [.. saved.Recent];
        Older = saved.Older;
        foreach (AttachmentName quarantine in saved.Quarantines)
        {
            _quarantines.Add(quarantine.Number, quarantine);
        }
    }

    private Lineage Copy(List<LineageEntry> recent, AttachmentName? older)
    {
        Lineage copy = new() { _recent = recent, Older = older };
        foreach ((long version, AttachmentName quarantine) in _quarantines)
        {
            copy._quarantines.Add(version, quarantine);
        }

        return copy;
    }
}
