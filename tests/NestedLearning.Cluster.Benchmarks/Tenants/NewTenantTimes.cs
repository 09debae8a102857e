namespace NestedLearning.Cluster.Benchmarks;

/// <summary>Calls of tenants that are new to a model.</summary>
internal sealed class NewTenantTimes
{
    /// <summary>The first call is a question: the memory is opened.</summary>
    public Latencies Question { get; } = new();

    /// <summary>The first event, of a memory that a question has opened: it is named.</summary>
    public Latencies EventAfterQuestion { get; } = new();

    /// <summary>The event after that.</summary>
    public Latencies LaterEvent { get; } = new();

    /// <summary>The first call is an event: the memory is opened and named.</summary>
    public Latencies Event { get; } = new();
}
