using System.Threading.Channels;
using Microsoft.Extensions.Options;
using NestedLearning.Hosting;
using NestedLearning.Tiers;

namespace NestedLearning.Grains;

/// <summary>
/// The queue of one device: a bounded number of pieces of numerics wait, in order of arrival, for a fixed number of
/// threads. Nothing of it runs on a grain's scheduler, so that a long fold holds up no other grain.
/// </summary>
public sealed class ComputeQueue : ICompute, IAsyncDisposable
{
    private readonly Channel<ComputeWork> _work;
    private readonly Task[] _workers;
    private readonly int _capacity;

    /// <summary>Starts the threads.</summary>
    public ComputeQueue(IOptions<ComputeOptions> options)
    {
        _capacity = options.Value.Capacity;
        _work = Channel.CreateBounded<ComputeWork>(new BoundedChannelOptions(_capacity) { FullMode = BoundedChannelFullMode.Wait });
        _workers = [.. Enumerable.Range(0, options.Value.Threads).Select(_ =>
            Task.Factory.StartNew(Work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))];
        TierMetrics.ObserveCompute(() => _work.Reader.Count);
    }

    /// <inheritdoc/>
    public async ValueTask<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        ComputeWork<T> waiting = new(work, cancellationToken);
        await _work.Writer.WriteAsync(waiting, cancellationToken);
        return await waiting.Result;
    }

    /// <summary>Refuses new work at the door while the queue is full; what has begun waits for its place instead.</summary>
    /// <exception cref="BusyException">The queue is full.</exception>
    public void Admit()
    {
        if (_work.Reader.Count >= _capacity)
        {
            throw new BusyException("The silo's compute queue");
        }
    }

    /// <summary>Takes no more work, and waits for what it has.</summary>
    public async ValueTask DisposeAsync()
    {
        _work.Writer.TryComplete();
        await Task.WhenAll(_workers);
    }

    private void Work()
    {
        ChannelReader<ComputeWork> reader = _work.Reader;
        while (reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            while (reader.TryRead(out ComputeWork? work))
            {
                work.Run();
            }
        }
    }
}
