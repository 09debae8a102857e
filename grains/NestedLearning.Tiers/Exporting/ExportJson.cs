using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace NestedLearning.Tiers;

/// <summary>The JSON files of an export.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UseStringEnumConverter = true, WriteIndented = true)]
[JsonSerializable(typeof(ExportManifest))]
[JsonSerializable(typeof(HeldMemoryDocument))]
[JsonSerializable(typeof(HeldLevelDocument))]
[JsonSerializable(typeof(ModelDocument))]
public sealed partial class ExportJson : JsonSerializerContext
{
    /// <summary>A document as a file.</summary>
    public static ExportedFile File<T>(string name, T document, JsonTypeInfo<T> type) =>
        new(name, JsonSerializer.SerializeToUtf8Bytes(document, type));
}
