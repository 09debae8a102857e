using System.Text.Json;
using System.Text.Json.Serialization;

namespace NestedLearning.Tiers;

/// <summary>A schedule and its records as a store keeps them.</summary>
internal sealed record SavedSchedule(
    string Schedule,
    ScheduleDocument Spec,
    DateTimeOffset SetAt,
    DateTimeOffset HandledThrough,
    IReadOnlyList<ScheduleRun> Runs,
    IReadOnlyList<LearningTally> Tallies)
{
    public static SavedSchedule From(ScheduleState state) => new(
        state.Spec.Id.Value, ScheduleDocument.From(state.Spec), state.SetAt, state.HandledThrough, state.Runs, state.Tallies);

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, SavedScheduleJson.Default.SavedSchedule);

    /// <exception cref="JsonException">It is something else.</exception>
    public static SavedSchedule FromJson(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, SavedScheduleJson.Default.SavedSchedule)
        ?? throw new JsonException("The state of a schedule is null.");
}

[JsonSourceGenerationOptions(WriteIndented = true, UseStringEnumConverter = true, RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(SavedSchedule))]
internal sealed partial class SavedScheduleJson : JsonSerializerContext;
