using System.Text.Json;
using System.Text.Json.Serialization;
using NestedLearning.Models;

namespace NestedLearning.Gateway.Access;

/// <summary>The file of keys.</summary>
internal sealed record KeysDocument(IReadOnlyList<KeyDocument> Keys);

/// <summary>A key in it.</summary>
internal sealed record KeyDocument(string Name, IReadOnlyList<string> Scopes, byte[] Hash)
{
    private const int HashBytes = 32;

    public IReadOnlyList<string>? Tenants { get; init; }

    public DateTimeOffset? Expires { get; init; }

    public int? RequestsPerMinute { get; init; }

    public int? EventsPerMinute { get; init; }

    public static KeyDocument From(ApiKey key) => new(key.Name.Value, [.. key.Scopes.Order().Select(ApiScopes.NameOf)], key.Hash.ToArray())
    {
        Tenants = key.Tenants?.Select(tenant => tenant.Value).Order(StringComparer.Ordinal).ToArray(),
        Expires = key.Expires,
        RequestsPerMinute = key.RequestsPerMinute,
        EventsPerMinute = key.EventsPerMinute,
    };

    /// <exception cref="JsonException">Something in it is not accepted.</exception>
    /// <exception cref="InvalidIdException">Something in it is no name.</exception>
    public ApiKey ToKey()
    {
        if (Hash.Length != HashBytes)
        {
            throw new JsonException($"the hash of '{Name}' has {Hash.Length} bytes; accepted: {HashBytes}");
        }

        if (RequestsPerMinute < 1 || EventsPerMinute < 1)
        {
            throw new JsonException($"a limit of '{Name}' is below 1");
        }

        return new ApiKey(new KeyId(Name), Scopes.Select(Scope).ToHashSet(), Hash)
        {
            Tenants = Tenants?.Select(tenant => new TenantId(tenant)).ToHashSet(),
            Expires = Expires,
            RequestsPerMinute = RequestsPerMinute,
            EventsPerMinute = EventsPerMinute,
        };
    }

    private ApiScope Scope(string name) =>
        ApiScopes.Parse(name) ?? throw new JsonException($"'{Name}' has the scope '{name}'; accepted: {string.Join(", ", ApiScopes.Names)}");
}

[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    WriteIndented = true)]
[JsonSerializable(typeof(KeysDocument))]
internal sealed partial class KeyFileJson : JsonSerializerContext;
