using System.Threading.Channels;

namespace NestedLearning.Hosting;

/// <summary>
/// Threads of one device: a bounded number of pieces of numerics wait for them, in order of arrival. With one thread, they
/// run one after another.
/// </summary>
public sealed class ComputeThreads : ICompute, IAsyncDisposable
{
    private readonly Channel<ComputeWork> _work;
    private readonly Task[] _workers;

    /// <summary>Starts the threads.</summary>
    /// <param name="threads">How many pieces run at a time.</param>
    /// <param name="capacity">How many may wait; whoever brings more waits for a place.</param>
    public ComputeThreads(int threads, int capacity)
    {
        Capacity = capacity;
        _work = Channel.CreateBounded<ComputeWork>(new BoundedChannelOptions(capacity) { FullMode = BoundedChannelFullMode.Wait });
        _workers = [.. Enumerable.Range(0, threads).Select(_ =>
            Task.Factory.StartNew(Work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))];
    }

    /// <summary>How many pieces of work may wait.</summary>
    public int Capacity { get; }

    /// <summary>How many wait.</summary>
    public int Waiting => _work.Reader.Count;

    /// <inheritdoc/>
    public async ValueTask<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        ComputeWork<T> waiting = new(work, cancellationToken);
        await _work.Writer.WriteAsync(waiting, cancellationToken);
        return await waiting.Result;
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
