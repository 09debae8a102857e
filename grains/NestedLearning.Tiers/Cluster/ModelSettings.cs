using System.Text.Json;
using System.Text.Json.Serialization;
using NestedLearning.Models;

namespace NestedLearning.Tiers;

/// <summary>What makes a model and its tiers, as a store keeps it.</summary>
public sealed record ModelSettings(ModelSpec Spec, RoundPolicy Policy)
{
    /// <summary>
    /// Names the parameters that its levels begin with, a digest of them: those are stored beside the settings. Null for those that the spec
    /// draws.
    /// </summary>
    public string? Initial { get; init; }

    /// <summary>When a model was made that begins with given parameters; null for any other.</summary>
    public DateTimeOffset? ImportedAt { get; init; }

    /// <summary>Whether a model with these settings is the one that a caller asks for, who may leave open what it begins with.</summary>
    public bool IsAskedFor(ModelSettings asked) =>
        this with { ImportedAt = null, Initial = asked.Initial is null ? null : Initial } == asked with { ImportedAt = null };

    /// <summary>The settings as JSON.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, ModelSettingsJson.Default.ModelSettings);

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <exception cref="JsonException">It is something else.</exception>
    public static ModelSettings FromJson(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, ModelSettingsJson.Default.ModelSettings)
        ?? throw new JsonException("The settings of a model are null.");
}

[JsonSourceGenerationOptions(WriteIndented = true, UseStringEnumConverter = true)]
[JsonSerializable(typeof(ModelSettings))]
internal sealed partial class ModelSettingsJson : JsonSerializerContext;
