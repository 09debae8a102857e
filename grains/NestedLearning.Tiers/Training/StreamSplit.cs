namespace NestedLearning.Tiers;

/// <summary>How a stream is cut over several memories.</summary>
public enum StreamSplit
{
    /// <summary>Event i goes to worker i mod W.</summary>
    Shard,

    /// <summary>All events of a class go to one worker, the classes in turn: no worker sees what another does.</summary>
    Class,

    /// <summary>Every task is a tenant with a memory of its own.</summary>
    Task,
}
