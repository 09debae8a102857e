using System.Text.Json;
using System.Text.Json.Serialization;
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
    private const string Entries = "lineage";
    private const string SegmentCount = "lineage/segments";
    private const string Quarantined = "lineage/quarantined";

    private readonly SortedSet<long> _quarantined = [];
    private List<LineageEntry> _recent = [];

    /// <summary>How many segments of older entries there are, numbered from 1.</summary>
    public long Segments { get; private set; }

    /// <summary>The newest entries, oldest first.</summary>
    public IReadOnlyList<LineageEntry> Recent => _recent;

    /// <summary>The versions whose updates are in quarantine.</summary>
    public IReadOnlyCollection<long> InQuarantine => _quarantined;

    /// <summary>The lineage with one more version.</summary>
    public Lineage With(LineageEntry entry)
    {
        Lineage next = new() { Segments = Segments, _recent = [.. _recent, entry] };
        next._quarantined.UnionWith(_quarantined);
        if (entry.Outcome == FoldOutcome.Replayed)
        {
            next._quarantined.Remove(entry.Of!.Value);
        }
        else if (entry.LeftOut.Count > 0)
        {
            next._quarantined.Add(entry.Version);
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
        Lineage rest = new() { Segments = Segments + 1, _recent = _recent[half..] };
        rest._quarantined.UnionWith(_quarantined);
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(_recent[..half], LineageJson.Default.ListLineageEntry);
        return (rest, new StateAttachment(AttachmentKind.Lineage, rest.Segments, json));
    }

    /// <summary>The entries of a segment, oldest first.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static IReadOnlyList<LineageEntry> ReadSegment(ReadOnlyMemory<byte> segment) =>
        JsonSerializer.Deserialize(segment.Span, LineageJson.Default.ListLineageEntry) ?? throw new JsonException("The lineage is null.");

    public void Save(TensorSet state)
    {
        state.Add(new BytesTensor(Entries, JsonSerializer.SerializeToUtf8Bytes(_recent, LineageJson.Default.ListLineageEntry)));
        state.Add(new IntegerTensor(SegmentCount, new[] { Segments }));
        state.Add(new IntegerTensor(Quarantined, _quarantined.ToArray()));
    }

    public void Load(TensorSet state)
    {
        _recent = [.. ReadSegment(state.Get<BytesTensor>(Entries).Bytes)];
        Segments = state.Get<IntegerTensor>(SegmentCount).Values.Span[0];
        _quarantined.UnionWith(state.Get<IntegerTensor>(Quarantined).Values.ToArray());
    }
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UseStringEnumConverter = true)]
[JsonSerializable(typeof(List<LineageEntry>))]
internal sealed partial class LineageJson : JsonSerializerContext;
