using System.Text.Json;
using System.Text.Json.Serialization;
using NestedLearning.Gateway.Access;
using NestedLearning.Gateway.Dashboard.Recording;
using NestedLearning.Models;

namespace NestedLearning.Gateway.Exporting;

/// <summary>What a gateway knows of a tenant.</summary>
/// <param name="Keys">The keys that are bound to it; no secrets, and none of the other tenants that they are for.</param>
/// <param name="Seen">What passed through this process since it started; null for nothing.</param>
internal sealed record GatewayRecordsDocument(IReadOnlyList<BoundKeyDocument> Keys, SeenTenantDocument? Seen);

/// <summary>A key that is bound to a tenant.</summary>
internal sealed record BoundKeyDocument(string Name, IReadOnlyList<string> Scopes, DateTimeOffset? Expires)
{
    public static BoundKeyDocument From(ApiKey key) => new(key.Name.Value, [.. key.Scopes.Order().Select(ApiScopes.NameOf)], key.Expires);
}

/// <summary>What the dashboard remembers of a tenant.</summary>
/// <param name="Learned">The events that were learned.</param>
/// <param name="Correct">Those of them that were predicted correctly just before.</param>
/// <param name="LastSeen">When it was fed last.</param>
/// <param name="NotDurable">How many of its events are in no saved state, as far as is known here.</param>
/// <param name="Sittings">When it was taught, and by whom, oldest first.</param>
/// <param name="Slices">What it learned while the model's stream was cut so, oldest first.</param>
internal sealed record SeenTenantDocument(
    long Learned, long Correct, DateTimeOffset LastSeen, long NotDurable, IReadOnlyList<SittingDocument> Sittings, IReadOnlyList<SliceDocument> Slices)
{
    /// <summary>What was seen; null for nothing.</summary>
    public static SeenTenantDocument? From(ModelLook model, TenantId tenant) => model.Tenants.FirstOrDefault(look => look.Tenant == tenant) is { } seen
        ? new(
            seen.Total.Learned,
            seen.Total.Correct,
            seen.LastSeen,
            seen.NotDurable,
            [.. seen.Sittings.Select(sitting => new SittingDocument(sitting.Source.Value, sitting.From, sitting.To, sitting.Score.Learned, sitting.Score.Correct))],
            [.. model.Began.Zip(seen.Slices, (began, score) => new SliceDocument(began, score.Learned, score.Correct)).Where(slice => slice.Learned > 0)])
        : null;
}

/// <summary>A while in which a source taught the tenant's memory.</summary>
internal sealed record SittingDocument(string Source, DateTimeOffset From, DateTimeOffset To, long Learned, long Correct);

/// <summary>What it learned in a slice of the model's stream.</summary>
internal sealed record SliceDocument(DateTimeOffset Began, long Learned, long Correct);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, WriteIndented = true)]
[JsonSerializable(typeof(GatewayRecordsDocument))]
internal sealed partial class GatewayRecordsJson : JsonSerializerContext;
