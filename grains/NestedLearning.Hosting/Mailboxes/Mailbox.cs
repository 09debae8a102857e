using System.Threading.Channels;

namespace NestedLearning.Hosting;

/// <summary>
/// Runs the turns of one owner one after another, in the order in which they were accepted, so that the owner's state
/// needs no lock. The queue is bounded: when it is full, senders wait.
/// </summary>
/// <remarks>
/// A turn must not wait for a turn of its own mailbox, nor for one of a mailbox whose turns wait for this one: neither
/// would ever end.
/// </remarks>
public sealed class Mailbox : IAsyncDisposable
{
    private readonly string _name;
    private readonly Channel<Turn> _turns;
    private readonly Task _reader;

    /// <summary>Opens a mailbox; <paramref name="name"/> says in errors whose it is.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The capacity is below 1.</exception>
    public Mailbox(string name, MailboxOptions options)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Capacity, 1);
        _name = name;
        _turns = Channel.CreateBounded<Turn>(new BoundedChannelOptions(options.Capacity)
        {
            FullMode = BoundedChannelFullMode.Wait,
            SingleReader = true,
        });
        _reader = Task.Run(ReadAsync);
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
        _turns.Writer.TryComplete();
        await _reader;
    }

    private async ValueTask PostAsync(Turn turn, CancellationToken cancellationToken)
    {
        try
        {
            await _turns.Writer.WriteAsync(turn, cancellationToken);
        }
        catch (ChannelClosedException)
        {
            throw new MailboxClosedException(_name);
        }
    }

    private async Task ReadAsync()
    {
        await foreach (Turn turn in _turns.Reader.ReadAllAsync())
        {
            await turn.RunAsync();
        }
    }

    private static Func<CancellationToken, ValueTask<bool>> WithResult(Func<CancellationToken, ValueTask> turn) =>
        async cancellationToken =>
        {
            await turn(cancellationToken);
            return true;
        };
}
