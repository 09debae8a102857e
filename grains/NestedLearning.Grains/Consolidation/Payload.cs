using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace NestedLearning.Grains;

/// <summary>Bytes that nobody changes: a frame, or a part of one. They are not copied within a silo.</summary>
[GenerateSerializer, Immutable, Alias("nl.Payload")]
public readonly record struct Payload([property: Id(0)] ReadOnlyMemory<byte> Bytes)
{
    /// <summary>A document as JSON.</summary>
    public static Payload FromJson<T>(T document, JsonTypeInfo<T> type) => new(JsonSerializer.SerializeToUtf8Bytes(document, type));

    /// <summary>The document that the bytes are.</summary>
    /// <exception cref="JsonException">They are none.</exception>
    public T ToDocument<T>(JsonTypeInfo<T> type) =>
        JsonSerializer.Deserialize(Bytes.Span, type) ?? throw new JsonException("The document is null.");
}
