using Orleans.Concurrency;

namespace NestedLearning.Grains;

/// <summary>The training run of a model: it leases shards of data to workers. Its key is the model's name.</summary>
[Alias("nl.ITrainingRunGrain")]
public interface ITrainingRunGrain : IGrainWithStringKey
{
    /// <summary>Begins a run, or goes on with the same one that was stopped.</summary>
    /// <param name="spec">The run as JSON.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>How it stands, as JSON.</returns>
    [Alias("Start")]
    ValueTask<Payload> StartAsync(Payload spec, CancellationToken cancellationToken);

    /// <summary>How it stands, as JSON.</summary>
    [Alias("Progress")]
    ValueTask<Payload> GetProgressAsync(CancellationToken cancellationToken);

    /// <summary>Stops it; what is learned stays learned.</summary>
    /// <returns>How it stands, as JSON.</returns>
    [Alias("Stop")]
    ValueTask<Payload> StopAsync(CancellationToken cancellationToken);

    /// <summary>The model is deleted: does away with the run.</summary>
    [Alias("Erase")]
    ValueTask EraseAsync(CancellationToken cancellationToken);

    /// <summary>Gives a worker a shard; null when there is nothing for it now.</summary>
    [Alias("Lease")]
    ValueTask<GrantReply?> LeaseAsync(int worker, CancellationToken cancellationToken);

    /// <summary>The data was read through.</summary>
    [Alias("Plan")]
    ValueTask PlanAsync(ShardMessage message, ExtentReply extent, CancellationToken cancellationToken);

    /// <summary>A worker reports, and keeps its shard.</summary>
    [Alias("Renew")]
    ValueTask RenewAsync(ShardMessage message, CancellationToken cancellationToken);

    /// <summary>A worker measured the tasks up to one that ended.</summary>
    [Alias("Measure")]
    ValueTask MeasureAsync(ShardMessage message, int task, int[] correct, CancellationToken cancellationToken);

    /// <summary>A shard is learned whole.</summary>
    [Alias("Complete")]
    ValueTask CompleteAsync(ShardMessage message, CancellationToken cancellationToken);

    /// <summary>A worker found that the run cannot be learned.</summary>
    [Alias("Fail")]
    ValueTask FailAsync(ShardMessage message, string problem, CancellationToken cancellationToken);

    /// <summary>Takes shards from silent workers and wakes all of them. It is called again and again while the run lasts.</summary>
    [OneWay]
    [Alias("Look")]
    Task LookAsync();
}
