using System.Collections.Concurrent;
using NestedLearning.Hosting;

namespace NestedLearning.Torch;

/// <summary>
/// One work queue for each device that is computed on: its pieces of work run one after another, in order of arrival, so a
/// device's memory is one piece's at a time, and no caller's thread waits for a GPU.
/// </summary>
/// <param name="capacity">How many pieces may wait for a device; whoever brings more waits for a place.</param>
public sealed class TorchQueues(int capacity = 4096) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<TorchDevice, Lazy<ComputeThreads>> _queues = new();

    /// <summary>The queue of a device; it starts with the first call.</summary>
    /// <exception cref="TorchUnavailableException">The native libraries do not load.</exception>
    /// <exception cref="TorchDeviceException">There is no such device here.</exception>
    public ICompute For(TorchDevice device)
    {
        TorchDevices.Require(device);
        return _queues.GetOrAdd(device, _ => new Lazy<ComputeThreads>(() => new ComputeThreads(threads: 1, capacity))).Value;
    }

    /// <summary>Takes no more work, and waits for what the queues have.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (Lazy<ComputeThreads> queue in _queues.Values)
        {
            await queue.Value.DisposeAsync();
        }
    }
}
