using System.Text.Json.Serialization;

namespace NestedLearning.Tiers;

/// <summary>How a training run stands.</summary>
/// <param name="Run">The number of the run among those of its model, from 1.</param>
/// <param name="Stage">How far it is.</param>
/// <param name="Shards">How many shards there are.</param>
/// <param name="ShardsDone">How many of them are learned whole.</param>
public sealed record RunProgress(long Run, RunStage Stage, int Shards, int ShardsDone)
{
    /// <summary>How many workers learn at a time; each measures with a memory of its own.</summary>
    public int Workers { get; init; } = 1;

    /// <summary>How many events the data has; null until they are counted.</summary>
    public long? Events { get; init; }

    /// <summary>How many of them are durable.</summary>
    public long Durable { get; init; }

    /// <summary>The events that the run's memories have learned, as they said last.</summary>
    public long Learned { get; init; }

    /// <summary>How many of those were predicted correctly before they were learned.</summary>
    public long Correct { get; init; }

    /// <summary>How many classes the data has; 0 until they are counted.</summary>
    public int Classes { get; init; }

    /// <summary>The tasks that the run measures, in the order of their ends.</summary>
    public IReadOnlyList<RunTask> Tasks { get; init; } = [];

    /// <summary>
    /// For each task that has ended, the correct answers on it and on each before it, added over one memory of each worker.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<int>> Measured { get; init; } = [];

    /// <summary>Why the run failed; null while it has not.</summary>
    public string? Problem { get; init; }

    /// <summary>The leases that are held, by shard.</summary>
    public IReadOnlyList<LeaseStatus> Leases { get; init; } = [];

    /// <summary>Whether there is more to come without anybody's doing.</summary>
    [JsonIgnore]
    public bool IsUnderWay => Stage is RunStage.Surveying or RunStage.Running;
}

/// <summary>A shard that a worker learns.</summary>
/// <param name="Shard">Which shard, from 1.</param>
/// <param name="Worker">Which worker, from 1.</param>
/// <param name="GrantedAt">Since when.</param>
/// <param name="RenewedAt">When it reported last.</param>
/// <param name="Expires">When another may take the shard if it does not report again.</param>
/// <param name="DurableThrough">The last of the shard's events that is durable.</param>
public sealed record LeaseStatus(
    int Shard, int Worker, DateTimeOffset GrantedAt, DateTimeOffset RenewedAt, DateTimeOffset Expires, long DurableThrough);
