using System.Text.Json;
using System.Text.Json.Serialization;
using NestedLearning.Models;

namespace NestedLearning.Tiers;

/// <summary>A model as a cluster keeps it: its settings, and which of the models that had its name it is.</summary>
/// <param name="Spec">The model.</param>
/// <param name="Policy">When its shared levels fold.</param>
/// <param name="Incarnation">
/// Tells it from models of the same name that were deleted, wherever something of those is still on its way; empty for one that was made
/// before there was such a thing. Letters and digits.
/// </param>
public sealed record StoredModel(ModelSpec Spec, RoundPolicy Policy, string Incarnation = "")
{
    /// <inheritdoc cref="ModelSettings.Initial"/>
    public string? Initial { get; init; }

    /// <inheritdoc cref="ModelSettings.ImportedAt"/>
    public DateTimeOffset? ImportedAt { get; init; }

    /// <summary>The settings.</summary>
    [JsonIgnore]
    public ModelSettings Settings => new(Spec, Policy) { Initial = Initial, ImportedAt = ImportedAt };

    /// <summary>The model as JSON.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, StoredModelJson.Default.StoredModel);

    /// <summary>Reads what <see cref="ToJson"/> or <see cref="ModelSettings.ToJson"/> wrote.</summary>
    /// <exception cref="JsonException">It is something else.</exception>
    public static StoredModel FromJson(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, StoredModelJson.Default.StoredModel) ?? throw new JsonException("The settings of a model are null.");
}

[JsonSourceGenerationOptions(WriteIndented = true, UseStringEnumConverter = true)]
[JsonSerializable(typeof(StoredModel))]
internal sealed partial class StoredModelJson : JsonSerializerContext;
