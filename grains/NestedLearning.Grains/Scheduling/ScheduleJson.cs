using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace NestedLearning.Grains;

/// <summary>Documents of schedules as they travel: the JSON that the HTTP API has too.</summary>
internal static class ScheduleJson
{
    public static Payload Write<T>(T document, JsonTypeInfo<T> type) => new(JsonSerializer.SerializeToUtf8Bytes(document, type));

    /// <exception cref="JsonException">It is something else.</exception>
    public static T Read<T>(Payload json, JsonTypeInfo<T> type) =>
        JsonSerializer.Deserialize(json.Bytes.Span, type) ?? throw new JsonException("The document is null.");
}
