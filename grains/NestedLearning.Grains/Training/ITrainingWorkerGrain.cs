using Orleans.Concurrency;

namespace NestedLearning.Grains;

/// <summary>
/// A worker of a training run: it reads the shard that it is leased and feeds the shard's memory. Its key is
/// <c>model/run/number</c>, the number from 1.
/// </summary>
[Alias("nl.ITrainingWorkerGrain")]
public interface ITrainingWorkerGrain : IGrainWithStringKey
{
    /// <summary>Opens data as the worker would.</summary>
    /// <exception cref="NestedLearning.Tiers.UnreachableDataException">It cannot.</exception>
    [Alias("Check")]
    ValueTask CheckAsync(string address, CancellationToken cancellationToken);

    /// <summary>The model is deleted: ends what it does, and feeds nothing any more once it is answered.</summary>
    [Alias("Leave")]
    ValueTask LeaveAsync(CancellationToken cancellationToken);

    /// <summary>Asks for a lease and learns in the background, unless it is at work.</summary>
    [OneWay]
    [Alias("Work")]
    Task WorkAsync();
}
