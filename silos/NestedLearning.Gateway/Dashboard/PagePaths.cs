using NestedLearning.Models;

namespace NestedLearning.Gateway.Dashboard;

/// <summary>Where the dashboard has what.</summary>
public static class PagePaths
{
    /// <summary>Every page is here or below.</summary>
    public const string Root = "/dashboard";

    /// <summary>Where a browser signs in.</summary>
    public const string SignIn = Root + "/sign-in";

    /// <summary>Where it signs out.</summary>
    public const string SignOut = Root + "/sign-out";

    /// <summary>Where a link leads that signs in by itself.</summary>
    public const string Enter = Root + "/enter";

    /// <summary>Finds a model by its name.</summary>
    public const string Open = Root + "/open";

    /// <summary>A model's tiers.</summary>
    public static string Model(ModelId model) => $"{Root}/models/{model}";

    /// <summary>Its learning curves.</summary>
    public static string Learning(ModelId model) => $"{Model(model)}/learning";

    /// <summary>What it forgets.</summary>
    public static string Forgetting(ModelId model) => $"{Model(model)}/forgetting";

    /// <summary>Its tenants.</summary>
    public static string Tenants(ModelId model) => $"{Model(model)}/tenants";

    /// <summary>One of them.</summary>
    public static string Tenant(ModelId model, TenantId tenant) => $"{Tenants(model)}/{tenant}";

    /// <summary>Everything that is held of a tenant, to save.</summary>
    public static string Export(ModelId model, TenantId tenant) => $"{Tenant(model, tenant)}/export";

    /// <summary>Where taking a tenant out is confirmed.</summary>
    public static string Remove(ModelId model, TenantId tenant) => $"{Tenant(model, tenant)}/delete";

    /// <summary>The newest version of a model's shared levels, to save.</summary>
    public static string Checkpoint(ModelId model) => $"{Model(model)}/checkpoint";

    /// <summary>Where doing away with a model is confirmed.</summary>
    public static string Delete(ModelId model) => $"{Model(model)}/delete";

    /// <summary>The versions of its first level.</summary>
    public static string Versions(ModelId model) => $"{Model(model)}/versions";

    /// <summary>The versions of a level.</summary>
    public static string Versions(ModelId model, LevelId level) => $"{Model(model)}/levels/{level}/versions";

    /// <summary>Where going back to a version is confirmed.</summary>
    public static string Rollback(ModelId model, LevelId level, long version) =>
        FormattableString.Invariant($"{Model(model)}/levels/{level}/versions/{version}/rollback");

    /// <summary>Its schedules.</summary>
    public static string Schedules(ModelId model) => $"{Model(model)}/schedules";
}
