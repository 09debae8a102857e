using System.Security.Cryptography;
using NestedLearning.Models;

namespace NestedLearning.Gateway.Access;

/// <summary>A key as it is kept: what it may do, until when, and the hash of its secret.</summary>
/// <param name="Name">Names the key, in the audit log too; no secret.</param>
/// <param name="Scopes">What it may do.</param>
/// <param name="Hash">SHA-256 of the secret, 32 bytes.</param>
/// <remarks>
/// A slow hash protects secrets that can be guessed. These are 256 random bits: there is no list to try, and a fast hash
/// costs a request nothing.
/// </remarks>
public sealed record ApiKey(KeyId Name, IReadOnlySet<ApiScope> Scopes, ReadOnlyMemory<byte> Hash)
{
    /// <summary>The tenants that it is bound to; null for all.</summary>
    public IReadOnlySet<TenantId>? Tenants { get; init; }

    /// <summary>From then on it is no key; null for never.</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>How many requests it may make a minute, at least 1; null for as many as the gateway's options say.</summary>
    public int? RequestsPerMinute { get; init; }

    /// <summary>How many events it may teach a minute, at least 1; a stream that is faster waits. Null for no limit.</summary>
    public int? EventsPerMinute { get; init; }

    /// <summary>Makes a key that may do everything.</summary>
    public static (ApiKey Key, KeyToken Token) CreateAdmin(KeyId name) => Create(name, new HashSet<ApiScope> { ApiScope.ClusterAdmin });

    /// <summary>Makes a key; its token is not kept anywhere, and cannot be had again.</summary>
    public static (ApiKey Key, KeyToken Token) Create(KeyId name, IReadOnlySet<ApiScope> scopes)
    {
        KeyToken token = KeyToken.Create(name);
        return (new ApiKey(name, scopes, token.Hash()), token);
    }

    /// <summary>Whether a token is this key's. It takes the same time wherever they differ.</summary>
    public bool Matches(KeyToken token) => CryptographicOperations.FixedTimeEquals(Hash.Span, token.Hash());

    /// <summary>Whether it may do something of a kind.</summary>
    public bool Allows(ApiScope scope) => Scopes.Contains(scope) || Scopes.Contains(ApiScope.ClusterAdmin);

    /// <summary>Whether it may know of a tenant.</summary>
    public bool Knows(TenantId tenant) => Tenants is null || Tenants.Contains(tenant);
}
