namespace NestedLearning.Gateway.Access;

/// <summary>The names of scopes, in files, in options and in the OpenAPI document.</summary>
public static class ApiScopes
{
    private static readonly Dictionary<string, ApiScope> Scopes = new(StringComparer.Ordinal)
    {
        ["tenant-read"] = ApiScope.TenantRead,
        ["tenant-feed"] = ApiScope.TenantFeed,
        ["model-admin"] = ApiScope.ModelAdmin,
        ["metrics-read"] = ApiScope.MetricsRead,
        ["cluster-admin"] = ApiScope.ClusterAdmin,
    };

    /// <summary>All names.</summary>
    public static IReadOnlyCollection<string> Names => Scopes.Keys;

    /// <summary>The name of a scope.</summary>
    public static string NameOf(ApiScope scope) => Scopes.First(pair => pair.Value == scope).Key;

    /// <summary>The scope of a name; null where there is none.</summary>
    public static ApiScope? Parse(string name) => Scopes.TryGetValue(name, out ApiScope scope) ? scope : null;

    /// <summary>Whether it is about single tenants, so that a key with it can be bound to some.</summary>
    public static bool IsOfTenants(ApiScope scope) => scope is ApiScope.TenantRead or ApiScope.TenantFeed;
}
