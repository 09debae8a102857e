namespace NestedLearning.Tiers;

/// <summary>Who has a shard.</summary>
public enum ShardState
{
    /// <summary>Nobody; the next worker that asks gets it.</summary>
    Waiting,

    /// <summary>A worker learns it.</summary>
    Leased,

    /// <summary>All of it is learned and in the shared levels.</summary>
    Done,
}
