namespace NestedLearning.Hosting;

/// <summary>Computes at once, on the thread that asks: for an engine whose owners have threads of their own.</summary>
public sealed class CallersCompute : ICompute
{
    /// <inheritdoc/>
    public ValueTask<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken) => ValueTask.FromResult(work());
}
