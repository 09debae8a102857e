namespace NestedLearning.Tiers;

/// <summary>How a stream is cut over several workers.</summary>
public enum StreamSplit
{
    /// <summary>Event i goes to worker i mod W.</summary>
    Shard,

    /// <summary>All events of a class go to one worker, the classes in turn: no worker sees what another does.</summary>
    Class,
}
