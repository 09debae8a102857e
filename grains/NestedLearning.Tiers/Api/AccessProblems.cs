using NestedLearning.Models;

namespace NestedLearning.Tiers;

/// <summary>Why a caller is not served. None of them depends on what there is on the server.</summary>
public static class AccessProblems
{
    private const string Urn = "urn:nested-learning:";

    /// <summary>There is no key, or none that is known.</summary>
    public static ApiProblem NoKey { get; } = new(
        Urn + "no-key", "Not a key", 401, "The request has no valid key; accepted: 'Authorization: Bearer KEY' with a key of this server.");

    /// <summary>The request names a host that this server does not have.</summary>
    public static ApiProblem OtherHost { get; } = new(
        Urn + "other-host", "Not this host", 403, "Without keys the server answers requests to a loopback address or localhost only.");

    /// <summary>Whether the token is valid cannot be said now; that of any other caller neither.</summary>
    public static ApiProblem IssuerUnreachable { get; } = new(
        Urn + "issuer-unreachable", "Issuer out of reach", 503, "The issuer of tokens does not say now which keys it signs with; keys of this server are taken.");

    /// <summary>The key was valid once; only its holder hears this.</summary>
    public static ApiProblem Expired(KeyId key) => new(Urn + "key-expired", "Key expired", 401, $"The key '{key}' has expired.");

    /// <summary>The key is not for this.</summary>
    public static ApiProblem OutOfScope(KeyId key, string scope) =>
        new(Urn + "out-of-scope", "Not for this key", 403, $"The key '{key}' lacks the scope '{scope}'.") { Accepted = [scope] };

    /// <summary>The key is bound to other tenants; whether there is one of this name makes no difference.</summary>
    public static ApiProblem UnknownTenant(TenantId tenant) =>
        new(Urn + "unknown-tenant", "Unknown tenant", 404, $"There is no tenant '{tenant}' for this key.");

    /// <summary>The key has made all requests that it may make for now.</summary>
    public static ApiProblem TooMany(TimeSpan wait) =>
        new(Urn + "too-many-requests", "Too many requests", 429, FormattableString.Invariant($"The key may make its next request in {wait.TotalSeconds:0} s."));
}
