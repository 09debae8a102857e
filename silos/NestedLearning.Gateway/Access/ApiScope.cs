namespace NestedLearning.Gateway.Access;

/// <summary>What a key may do; the OpenAPI document says which route asks for which.</summary>
public enum ApiScope
{
    /// <summary>Ask tenants' memories, and see what they learned.</summary>
    TenantRead,

    /// <summary>Teach tenants' memories.</summary>
    TenantFeed,

    /// <summary>Make models, look into their levels, and change them: versions, schedules, forgetting.</summary>
    ModelAdmin,

    /// <summary>Read the page of metrics.</summary>
    MetricsRead,

    /// <summary>Everything, and alone: have the cluster read data by itself.</summary>
    ClusterAdmin,
}
