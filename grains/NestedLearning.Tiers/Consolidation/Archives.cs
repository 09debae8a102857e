using System.Text.Json;
using System.Text.Json.Serialization;
using NestedLearning.Tensors;

namespace NestedLearning.Tiers;

/// <summary>
/// Where the updates are that a forgettable level contains and its journal has no more, and what is not to stay beside the state once
/// a source is forgotten.
/// </summary>
/// <param name="Names">The archives, oldest first.</param>
/// <param name="Discarded">What no state refers to any more: it is deleted when a source is forgotten.</param>
/// <param name="IsErasing">Whether something of a forgotten source may still be stored.</param>
internal sealed record Archives(IReadOnlyList<AttachmentName> Names, IReadOnlyList<AttachmentName> Discarded, bool IsErasing)
{
    private const string Key = "archives";

    /// <summary>Nothing yet.</summary>
    public static Archives None { get; } = new([], [], false);

    /// <summary>With one more, if there is one.</summary>
    public Archives With(StateAttachment? archive) => archive is null ? this : this with { Names = [.. Names, archive.Name] };

    /// <summary>With others in place of some, which are to go.</summary>
    public Archives With(IReadOnlyList<SiftedAttachment> sifted)
    {
        Dictionary<AttachmentName, AttachmentName?> rests = sifted.ToDictionary(attachment => attachment.Name, attachment => attachment.Rest);
        return new Archives(
            [.. Names.Select(name => rests.TryGetValue(name, out AttachmentName? rest) ? rest : name).OfType<AttachmentName>()],
            [.. Discarded, .. rests.Keys],
            true);
    }

    /// <summary>With something more that no state refers to.</summary>
    public Archives Discard(AttachmentName name) => this with { Discarded = [.. Discarded, name] };

    public void Save(TensorSet state) =>
        state.Add(new BytesTensor(Key, JsonSerializer.SerializeToUtf8Bytes(this, ArchivesJson.Default.Archives)));

    public static Archives Load(TensorSet state) => state.Find(Key) is BytesTensor saved
        ? JsonSerializer.Deserialize(saved.Bytes.Span, ArchivesJson.Default.Archives) ?? throw new JsonException("The archives are null.")
        : None;
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UseStringEnumConverter = true)]
[JsonSerializable(typeof(Archives))]
internal sealed partial class ArchivesJson : JsonSerializerContext;
