namespace NestedLearning.Hosting;

/// <summary>One piece of work in a mailbox. Either the reader claims it and runs it, or its caller's token withdraws it.</summary>
internal abstract class Turn
{
    private int _claimed;

    /// <summary>Runs the work and completes its task. It never throws.</summary>
    public abstract ValueTask RunAsync();

    /// <summary>True for the one caller that decides whether the work runs.</summary>
    protected bool TryClaim() => Interlocked.Exchange(ref _claimed, 1) == 0;
}

/// <summary>One piece of work with a result.</summary>
internal sealed class Turn<T>(Func<CancellationToken, ValueTask<T>> work, CancellationToken cancellationToken) : Turn
{
    // Without the option the caller's code after its await would run inside the reader, and hold up the mailbox.
    private readonly TaskCompletionSource<T> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends as the work ends, or cancelled when it was withdrawn.</summary>
    public Task<T> Completion => _completion.Task;

    /// <summary>Withdraws the work when its token is cancelled, unless it has begun.</summary>
    public CancellationTokenRegistration WithdrawOnCancellation() =>
        cancellationToken.UnsafeRegister(static turn => ((Turn<T>)turn!).Withdraw(), this);

    /// <inheritdoc/>
    public override async ValueTask RunAsync()
    {
        if (cancellationToken.IsCancellationRequested)
        {
            Withdraw();
            return;
        }

        if (!TryClaim())
        {
            return;
        }

        try
        {
            _completion.SetResult(await work(cancellationToken));
        }
        catch (OperationCanceledException error)
        {
            _completion.SetCanceled(error.CancellationToken);
        }
        catch (Exception error)
        {
            _completion.SetException(error);
        }
    }

    private void Withdraw()
    {
        if (TryClaim())
        {
            _completion.SetCanceled(cancellationToken);
        }
    }
}
