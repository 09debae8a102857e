using System.Diagnostics;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Embedded;

/// <summary>Runs one consolidator: its mailbox, its storage, its rounds' deadlines, and those who wait for a version.</summary>
internal sealed class ConsolidatorHost : IAsyncDisposable
{
    private readonly Consolidator _consolidator;
    private readonly ConsolidatorStorage _storage;
    private readonly TimeProvider _time;
    private readonly string _name;
    private readonly Mailbox _mailbox;
    private readonly ITimer _deadline;
    private readonly ReplicaCache _replicas = new();
    private TaskCompletionSource _nextVersion = CreateSignal();
    private long _version;
    private long _bytesUp;
    private long _bytesDown;
    private TimeSpan _foldTime;
    private int _isLookQueued;
    private volatile bool _isClosing;

    private ConsolidatorHost(Consolidator consolidator, ConsolidatorStorage storage, string name, EmbeddedOptions options)
    {
        _consolidator = consolidator;
        _storage = storage;
        _time = options.Time;
        _name = name;
        _version = consolidator.Published.Number;
        _mailbox = new Mailbox(name, options.Mailbox);
        _deadline = _time.CreateTimer(_ => FoldSoon(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The number of the newest durable version, read without waiting for a turn.</summary>
    public long Version => Interlocked.Read(ref _version);

    /// <summary>The level that it owns.</summary>
    public LevelId Level => _consolidator.Level.Id;

    /// <summary>Loads a level's state and starts to serve it.</summary>
    public static async ValueTask<ConsolidatorHost> OpenAsync(
        ModelId model, ModelSettings settings, LevelId level, ITierStore store, EmbeddedOptions options, CancellationToken cancellationToken)
    {
        Consolidator consolidator = new(model, settings.Spec, level, settings.Policy, options.Limits, options.FoldThreads);
        ConsolidatorStorage storage = new(store, model, level);
        await storage.LoadAsync(consolidator, cancellationToken);
        return new ConsolidatorHost(consolidator, storage, $"level {model}/{level}", options);
    }

    /// <summary>Takes an update; a fold that it makes due comes after the answer.</summary>
    public ValueTask<Receipt> SubmitAsync(ReadOnlyMemory<byte> update, CancellationToken cancellationToken) =>
        _mailbox.AskAsync(
            _ =>
            {
                _bytesUp += update.Length;
                Receipt receipt = _consolidator.Submit(update, _time.GetUtcNow());
                FoldSoon();
                return ValueTask.FromResult(receipt);
            },
            cancellationToken);

    /// <summary>How a memory gets from its version to the newest one.</summary>
    public ValueTask<VersionReply> PullAsync(SourceId source, long version, CancellationToken cancellationToken) =>
        _mailbox.AskAsync(
            _ =>
            {
                VersionReply reply = _consolidator.Pull(source, version);
                _bytesDown += reply.SizeBytes;
                FoldSoon();
                return ValueTask.FromResult(reply);
            },
            cancellationToken);

    /// <summary>The version that a reply leads to, decoded once for all memories of this process.</summary>
    public LevelVersion Resolve(LevelVersion? last, VersionReply reply) => _replicas.Resolve(last, reply);

    /// <summary>Returns once a version after <paramref name="version"/> is durable.</summary>
    /// <exception cref="NestedLearningException">The fold or the save on the way to it failed; each new wait tries again.</exception>
    /// <exception cref="MailboxClosedException">The level is closing, and its open round still waits for other sources.</exception>
    public async ValueTask WaitForVersionAfterAsync(long version, CancellationToken cancellationToken)
    {
        while (Version <= version)
        {
            Task next = Volatile.Read(ref _nextVersion).Task;
            FoldSoon();
            if (Version <= version)
            {
                await next.WaitAsync(cancellationToken);
            }
        }
    }

    public ValueTask<LevelVersion> GetVersionAsync(CancellationToken cancellationToken) =>
        _mailbox.AskAsync(_ => ValueTask.FromResult(_consolidator.Published), cancellationToken);

    public ValueTask<LevelStatus> GetStatusAsync(CancellationToken cancellationToken) =>
        _mailbox.AskAsync(_ => ValueTask.FromResult(Status), cancellationToken);

    /// <summary>From now on nobody waits for other sources: what is due is folded, and who waits for more is refused.</summary>
    public void StopWaiting()
    {
        _isClosing = true;
        FoldSoon();
    }

    public async ValueTask DisposeAsync()
    {
        _isClosing = true;
        await _deadline.DisposeAsync();
        await _mailbox.DisposeAsync();
        Refuse(new MailboxClosedException(_name));
    }

    private LevelStatus Status => new(
        Level,
        _consolidator.Published.Number,
        _consolidator.Published.Events,
        _consolidator.Level.PeriodAfter(_consolidator.Published.Events),
        _consolidator.RoundContributors,
        new Traffic(_bytesUp, _bytesDown),
        _foldTime);

    private static TaskCompletionSource CreateSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Queues a look at the open round, unless one is queued already.</summary>
    private void FoldSoon()
    {
        if (Interlocked.Exchange(ref _isLookQueued, 1) == 0)
        {
            _ = QueueLookAsync();
        }
    }

    private async Task QueueLookAsync()
    {
        try
        {
            await _mailbox.TellAsync(LookAsync, CancellationToken.None);
        }
        catch (MailboxClosedException error)
        {
            Refuse(error);
        }
    }

    /// <summary>Saves what is folded, folds what is due, and sets the clock for the rest.</summary>
    private async ValueTask LookAsync(CancellationToken cancellationToken)
    {
        Interlocked.Exchange(ref _isLookQueued, 0);
        try
        {
            while (_consolidator.HasUnsavedFold || _consolidator.IsRoundDue(_time.GetUtcNow()))
            {
                Fold();
                await SaveAsync(cancellationToken);
            }

            if (_consolidator.RoundDeadline is { } deadline && !_isClosing)
            {
                TimeSpan left = deadline - _time.GetUtcNow();
                _deadline.Change(left > TimeSpan.Zero ? left : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
            }
        }
        catch (Exception error)
        {
            Refuse(error);
        }

        if (_isClosing)
        {
            Refuse(new MailboxClosedException(_name));
        }
    }

    private void Fold()
    {
        if (!_consolidator.HasUnsavedFold)
        {
            long start = Stopwatch.GetTimestamp();
            _consolidator.Fold();
            _foldTime += Stopwatch.GetElapsedTime(start);
        }
    }

    private async ValueTask SaveAsync(CancellationToken cancellationToken)
    {
        ConsolidatorState saved = _consolidator.Save();
        await _storage.SaveAsync(saved, cancellationToken);
        _consolidator.ConfirmSaved(saved);
        Interlocked.Exchange(ref _version, _consolidator.Published.Number);
        Interlocked.Exchange(ref _nextVersion, CreateSignal()).TrySetResult();
    }

    /// <summary>Hands an error to all who wait now. When nobody does, the updates stay with their senders, who ask again.</summary>
    private void Refuse(Exception error)
    {
        TaskCompletionSource waiting = Interlocked.Exchange(ref _nextVersion, CreateSignal());
        waiting.TrySetException(error);
        _ = waiting.Task.Exception;
    }
}
