namespace NestedLearning.Hosting;

/// <summary>A piece of numerics that waits for its thread.</summary>
internal abstract class ComputeWork
{
    /// <summary>Does it, or drops it when it was cancelled. It never throws.</summary>
    public abstract void Run();
}

/// <summary>A piece of numerics with a result.</summary>
internal sealed class ComputeWork<T>(Func<T> work, CancellationToken cancellationToken) : ComputeWork
{
    private readonly TaskCompletionSource<T> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<T> Result => _result.Task;

    public override void Run()
    {
        if (cancellationToken.IsCancellationRequested)
        {
            _result.SetCanceled(cancellationToken);
            return;
        }

        try
        {
            _result.SetResult(work());
        }
        catch (Exception error)
        {
            _result.SetException(error);
        }
    }
}
