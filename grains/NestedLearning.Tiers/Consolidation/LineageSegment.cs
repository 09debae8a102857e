using System.Text.Json;
using System.Text.Json.Serialization;

namespace NestedLearning.Tiers;

/// <summary>Older entries of a level's lineage, and the name of the segment with still older ones; null where these are the first.</summary>
/// <param name="Entries">The entries, oldest first.</param>
/// <param name="Older">The segment before.</param>
public sealed record LineageSegment(IReadOnlyList<LineageEntry> Entries, AttachmentName? Older)
{
    /// <summary>Reads what was attached to a state.</summary>
    /// <exception cref="JsonException">It is no segment.</exception>
    public static LineageSegment Read(ReadOnlyMemory<byte> bytes) =>
        JsonSerializer.Deserialize(bytes.Span, LineageJson.Default.LineageSegment) ?? throw new JsonException("The segment is null.");

    internal StateAttachment Attach() =>
        StateAttachment.Of(AttachmentKind.Lineage, (Older?.Number ?? 0) + 1, JsonSerializer.SerializeToUtf8Bytes(this, LineageJson.Default.LineageSegment));
}

/// <summary>The lineage as a state keeps it.</summary>
internal sealed record LineageState(IReadOnlyList<LineageEntry> Recent, AttachmentName? Older, IReadOnlyList<AttachmentName> Quarantines);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UseStringEnumConverter = true)]
[JsonSerializable(typeof(LineageSegment))]
[JsonSerializable(typeof(LineageState))]
internal sealed partial class LineageJson : JsonSerializerContext;
