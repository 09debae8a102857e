using Microsoft.Extensions.Options;
using NestedLearning.Hosting;
using NestedLearning.Tiers;

namespace NestedLearning.Grains;

/// <summary>
/// The compute queue of a silo. Nothing of it runs on a grain's scheduler, so that a long fold holds up no other grain.
/// </summary>
public sealed class ComputeQueue : ICompute, IAsyncDisposable
{
    private readonly ComputeThreads _threads;

    /// <summary>Starts the threads.</summary>
    public ComputeQueue(IOptions<ComputeOptions> options)
    {
        _threads = new ComputeThreads(options.Value.Threads, options.Value.Capacity);
        TierMetrics.ObserveCompute(() => _threads.Waiting);
    }

    /// <inheritdoc/>
    public ValueTask<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken) => _threads.RunAsync(work, cancellationToken);

    /// <summary>Refuses new work at the door while the queue is full; what has begun waits for its place instead.</summary>
    /// <exception cref="BusyException">The queue is full.</exception>
    public void Admit()
    {
        if (_threads.Waiting >= _threads.Capacity)
        {
            throw new BusyException("The silo's compute queue");
        }
    }

    /// <summary>Takes no more work, and waits for what it has.</summary>
    public ValueTask DisposeAsync() => _threads.DisposeAsync();
}
