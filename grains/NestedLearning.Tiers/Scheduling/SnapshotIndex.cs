using System.Text.Json;
using System.Text.Json.Serialization;
using NestedLearning.Models;

namespace NestedLearning.Tiers;

/// <summary>
/// Which versions of a level are kept, and by which schedules; each keeps a number of its own. It is saved before a version
/// is, and again after one is gone, so that it knows every state that there may be.
/// </summary>
/// <param name="Kept">The versions that each schedule keeps, rising.</param>
public sealed record SnapshotIndex(IReadOnlyDictionary<string, IReadOnlyList<long>> Kept)
{
    /// <summary>Nothing is kept.</summary>
    public static SnapshotIndex Empty { get; } = new(new Dictionary<string, IReadOnlyList<long>>());

    /// <summary>All versions that somebody keeps.</summary>
    [JsonIgnore]
    public IReadOnlySet<long> Versions => Kept.Values.SelectMany(versions => versions).ToHashSet();

    /// <summary>The index in which a schedule keeps a version too.</summary>
    public SnapshotIndex Add(ScheduleId keeper, long version) => With(keeper, [.. Of(keeper).Append(version).Distinct().Order()]);

    /// <summary>The index in which a schedule keeps no more than its newest versions.</summary>
    public SnapshotIndex Trim(ScheduleId keeper, int keep) => With(keeper, [.. Of(keeper).TakeLast(keep)]);

    /// <summary>The index as JSON.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, SnapshotIndexJson.Default.SnapshotIndex);

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <exception cref="JsonException">It is something else.</exception>
    public static SnapshotIndex FromJson(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, SnapshotIndexJson.Default.SnapshotIndex) ?? throw new JsonException("The index of snapshots is null.");

    private IReadOnlyList<long> Of(ScheduleId keeper) => Kept.GetValueOrDefault(keeper.Value, []);

    private SnapshotIndex With(ScheduleId keeper, IReadOnlyList<long> versions) =>
        new(new Dictionary<string, IReadOnlyList<long>>(Kept) { [keeper.Value] = versions });
}

[JsonSourceGenerationOptions(WriteIndented = true, RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(SnapshotIndex))]
internal sealed partial class SnapshotIndexJson : JsonSerializerContext;
