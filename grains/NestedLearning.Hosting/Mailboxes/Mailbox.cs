using System.Diagnostics.CodeAnalysis;

namespace NestedLearning.Hosting;

/// <summary>
/// Runs the turns of one owner one after another, in the order in which they were accepted, so that the owner's state
/// needs no lock. The queue is bounded: when it is full, senders wait.
/// </summary>
/// <remarks>
/// A turn must not wait for a turn of its own mailbox, nor for one of a mailbox whose turns wait for this one: neither
/// would ever end. A mailbox without turns is a few small objects, without a task: a process may hold many.
/// </remarks>
public sealed class Mailbox : IAsyncDisposable
{
    private readonly string _name;
    private readonly Queue<Turn> _turns = new();
    private readonly SemaphoreSlim _room;
    private readonly TaskScheduler _scheduler;
    private TaskCompletionSource? _ended;
    private bool _isRunning;
    private bool _isClosed;

    /// <summary>Opens a mailbox; <paramref name="name"/> says in errors whose it is.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The capacity is below 1.</exception>
    public Mailbox(string name, MailboxOptions options)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Capacity, 1);
        _name = name;
        _room = new SemaphoreSlim(options.Capacity);
        _scheduler = options.Scheduler;
    }

    /// <summary>
    /// Runs a turn and returns its result, or throws what it threw. Cancelled before the turn begins, the turn never
    /// runs; afterwards the turn gets the token and decides.
    /// </summary>
    /// <exception cref="MailboxClosedException">The mailbox was closed before it accepted the turn.</exception>
    public async ValueTask<T> AskAsync<T>(
        Func<CancellationToken, ValueTask<T>> turn, CancellationToken cancellationToken)
    {
        Turn<T> accepted = new(turn, cancellationToken);
        using CancellationTokenRegistration withdrawal = accepted.WithdrawOnCancellation();
        await PostAsync(accepted, cancellationToken);
        return await accepted.Completion;
    }

    /// <summary>As <see cref="AskAsync{T}"/>, for a turn without a result.</summary>
    /// <exception cref="MailboxClosedException">The mailbox was closed before it accepted the turn.</exception>
    public async ValueTask AskAsync(Func<CancellationToken, ValueTask> turn, CancellationToken cancellationToken) =>
        await AskAsync(WithResult(turn), cancellationToken);

    /// <summary>
    /// Waits until a turn is accepted, and returns the task that ends with the turn. A caller that drops the task leaves
    /// the turn's failure to <see cref="TaskScheduler.UnobservedTaskException"/>.
    /// </summary>
    /// <exception cref="MailboxClosedException">The mailbox was closed before it accepted the turn.</exception>
    public async ValueTask<Task> TellAsync(
        Func<CancellationToken, ValueTask> turn, CancellationToken cancellationToken)
    {
        Turn<bool> accepted = new(WithResult(turn), cancellationToken);
        await PostAsync(accepted, cancellationToken);
        return accepted.Completion;
    }

    /// <summary>Takes no more turns, and waits until the accepted ones have run. Senders that still wait are refused.</summary>
    public async ValueTask DisposeAsync()
    {
        Task ended = Close();
        _room.Release(); // The first sender that waits is refused, and lets the next one in for the same.
        await ended;
    }

    private async ValueTask PostAsync(Turn turn, CancellationToken cancellationToken)
    {
        await _room.WaitAsync(cancellationToken);
        if (!TryAccept(turn, out bool isFirst))
        {
            _room.Release();
            throw new MailboxClosedException(_name);
        }

        if (isFirst)
        {
            // Turns of other senders may follow in the same run, so it must not carry this one's context.
            using AsyncFlowControl withoutContext = ExecutionContext.SuppressFlow();
            _ = Task.Factory.StartNew(
                static mailbox => ((Mailbox)mailbox!).RunAsync(), this, CancellationToken.None, TaskCreationOptions.DenyChildAttach, _scheduler);
        }
    }

    private bool TryAccept(Turn turn, out bool isFirst)
    {
        lock (_turns)
        {
            isFirst = !_isClosed && !_isRunning;
            _isRunning |= isFirst;
            if (!_isClosed)
            {
                _turns.Enqueue(turn);
            }

            return !_isClosed;
        }
    }

    private async Task RunAsync()
    {
        while (TryTake(out Turn? turn))
        {
            await turn.RunAsync();
        }
    }

    private bool TryTake([NotNullWhen(true)] out Turn? turn)
    {
        lock (_turns)
        {
            if (!_turns.TryDequeue(out turn))
            {
                _isRunning = false;
                _ended?.SetResult();
                return false;
            }
        }

        _room.Release();
        return true;
    }

    private Task Close()
    {
        lock (_turns)
        {
            _isClosed = true;
            if (_isRunning)
            {
                _ended ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            return _ended?.Task ?? Task.CompletedTask;
        }
    }

    private static Func<CancellationToken, ValueTask<bool>> WithResult(Func<CancellationToken, ValueTask> turn) =>
        async cancellationToken =>
        {
            await turn(cancellationToken);
            return true;
        };
}
