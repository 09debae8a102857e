using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Hosting;

/// <summary>Runs one consolidator: its mailbox, its storage, its rounds' deadlines, and those who wait for a version.</summary>
public sealed partial class ConsolidatorHost : ILevelLink, IAsyncDisposable
{
    /// <summary>An open round that was lost looks for a moment as if the owner had been replaced, and is no reason to load a state for each update.</summary>
    private static readonly TimeSpan BetweenChecks = TimeSpan.FromSeconds(5);

    private readonly Consolidator _consolidator;
    private readonly ConsolidatorStorage _storage;
    private readonly TimeProvider _time;
    private readonly ICompute _compute;
    private readonly ILevelShards? _shards;
    private readonly ParallelOptions _foldThreads;
    private readonly ModelId _model;
    private readonly string _name;
    private readonly Mailbox _mailbox;
    private readonly ITimer _deadline;
    private readonly ReplicaCache _replicas = new();
    private TaskCompletionSource _nextVersion = CreateSignal();
    private long _version;
    private TimeSpan _foldTime;
    private long? _checkedAt;
    private int _isLookQueued;
    private volatile bool _isClosing;

    private ConsolidatorHost(Consolidator consolidator, ConsolidatorStorage storage, ModelId model, TierHosting hosting)
    {
        _consolidator = consolidator;
        _storage = storage;
        _time = hosting.Time;
        _compute = hosting.Compute;
        _shards = hosting.Shards;
        _foldThreads = new ParallelOptions { MaxDegreeOfParallelism = hosting.FoldThreads };
        _model = model;
        _name = $"level {model}/{consolidator.Level.Id}";
        _version = consolidator.Published.Number;
        _mailbox = new Mailbox(_name, hosting.Mailbox);
        _deadline = _time.CreateTimer(_ => FoldSoon(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <inheritdoc/>
    public long Version => Interlocked.Read(ref _version);

    /// <inheritdoc/>
    public LevelId Level => _consolidator.Level.Id;

    /// <summary>Loads a level's state and starts to serve it.</summary>
    /// <exception cref="StoreException">The state cannot be loaded, or is damaged.</exception>
    public static async ValueTask<ConsolidatorHost> OpenAsync(
        ModelId model, ModelSettings settings, LevelId level, TierHosting hosting, CancellationToken cancellationToken)
    {
        Consolidator consolidator = new(model, settings.Spec, level, settings.Policy, hosting.Limits, hosting.FoldThreads) { Incarnation = hosting.Incarnation };
        ConsolidatorStorage storage = new(hosting.Store, model, level);
        await storage.LoadAsync(consolidator, BeginAsync, cancellationToken);
        return new ConsolidatorHost(consolidator, storage, model, hosting);

        async ValueTask BeginAsync()
        {
            if (settings.Initial is { } digest)
            {
                InitialLevel initial = await InitialParts.LoadAsync(hosting.Store, model, digest, level, cancellationToken);
                InitialParts.TakeUp(model, digest, level, () => consolidator.Begin(initial, settings.ImportedAt));
            }
        }
    }

    /// <inheritdoc/>
    /// <exception cref="StoreException">Another owner has saved the level since; this one has to go.</exception>
    public ValueTask<Receipt> SubmitAsync(ReadOnlyMemory<byte> update, CancellationToken cancellationToken) =>
        _mailbox.AskAsync(
            async turn =>
            {
                Receipt receipt = await TakeAsync(update, turn);
                FoldSoon();
                return receipt;
            },
            cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="StoreException">Another owner has saved the level since; this one has to go.</exception>
    public ValueTask<LevelMarks> GetOwnedMarksAsync(SourceId source, CancellationToken cancellationToken) =>
        _mailbox.AskAsync(
            async turn =>
            {
                await CheckOwnedAsync(turn);
                return new LevelMarks(_consolidator.Published.Number, _consolidator.ReceiptFor(source));
            },
            cancellationToken);

    /// <summary>How a memory of this source gets from its version to the newest one.</summary>
    public ValueTask<VersionReply> PullFramesAsync(SourceId source, long version, CancellationToken cancellationToken) =>
        _mailbox.AskAsync(
            async turn =>
            {
                VersionReply reply = await _compute.RunAsync(() => _consolidator.Pull(source, version), turn);
                FoldSoon();
                return reply;
            },
            cancellationToken);

    /// <summary>The newest durable version's number, and which of a source's updates it contains.</summary>
    public ValueTask<LevelMarks> GetMarksAsync(SourceId source, CancellationToken cancellationToken) =>
        _mailbox.AskAsync(
            _ => ValueTask.FromResult(new LevelMarks(_consolidator.Published.Number, _consolidator.ReceiptFor(source))),
            cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<PulledVersion> PullAsync(SourceId source, LevelVersion? last, CancellationToken cancellationToken)
    {
        VersionReply reply = await PullFramesAsync(source, last?.Number ?? -1, cancellationToken);
        return new PulledVersion(_replicas.Resolve(last, reply), reply.Marks);
    }

    /// <inheritdoc/>
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

    /// <summary>Folds the open round, also without its quorum, and returns once the version is durable; nothing happens without a round.</summary>
    /// <returns>How the level stands then.</returns>
    public ValueTask<LevelStatus> FoldNowAsync(CancellationToken cancellationToken) =>
        _mailbox.AskAsync(
            async turn =>
            {
                while (_consolidator.HasUnsavedFold || _consolidator.HasOpenRound)
                {
                    await FoldAsync(turn);
                    await SaveAsync(turn);
                }

                return Status;
            },
            cancellationToken);

    /// <summary>The newest durable version.</summary>
    public ValueTask<LevelVersion> GetVersionAsync(CancellationToken cancellationToken) =>
        _mailbox.AskAsync(_ => ValueTask.FromResult(_consolidator.Published), cancellationToken);

    /// <summary>The newest durable version and what the level has absorbed with it, as frames; for a level whose updates are statistics.</summary>
    /// <exception cref="StoreException">A fold that is under way cannot be saved.</exception>
    public ValueTask<CheckpointReply> GetCheckpointAsync(CancellationToken cancellationToken) =>
        _mailbox.AskAsync(
            async turn =>
            {
                await FinishFoldAsync(turn);
                IReadOnlyList<byte[]> frames = await _compute.RunAsync(_consolidator.SaveCheckpoint, turn);
                return new CheckpointReply(_consolidator.Published.Number, [.. frames.Select(frame => (ReadOnlyMemory<byte>)frame)]);
            },
            cancellationToken);

    /// <summary>Which tenants it has folded something of, by name.</summary>
    public ValueTask<IReadOnlyList<TenantId>> GetTenantsAsync(TenantQuery query, CancellationToken cancellationToken) =>
        _mailbox.AskAsync(
            _ =>
            {
                IReadOnlyList<SourceId> sources = _consolidator.Sources(query.Prefix, query.After?.Value ?? "", query.Count);
                return ValueTask.FromResult((IReadOnlyList<TenantId>)[.. sources.Select(source => new TenantId(source.Value))]);
            },
            cancellationToken);

    /// <summary>How well the newest version knows what each source has taught, by the gate's probes; none where there is no gate.</summary>
    public ValueTask<IReadOnlyList<ProbeScore>> GetProbeScoresAsync(CancellationToken cancellationToken) =>
        _mailbox.AskAsync(_ => ValueTask.FromResult(_consolidator.ProbeScores), cancellationToken);

    /// <summary>How it stands.</summary>
    public ValueTask<LevelStatus> GetStatusAsync(CancellationToken cancellationToken) =>
        _mailbox.AskAsync(_ => ValueTask.FromResult(Status), cancellationToken);

    /// <summary>From now on nobody waits for other sources: what is due is folded, and who waits for more is refused.</summary>
    public void StopWaiting()
    {
        _isClosing = true;
        FoldSoon();
    }

    /// <summary>Folds what is due, saves it, and stops. Who waits for other sources is refused.</summary>
    public async ValueTask DisposeAsync()
    {
        StopWaiting();
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
        _consolidator.Traffic,
        _foldTime);

    private static TaskCompletionSource CreateSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>
    /// An owner that has been replaced finds out when it saves. One that is sent nothing it can take never saves, so it
    /// looks when a sender knows more than it does.
    /// </summary>
    private async ValueTask<Receipt> TakeAsync(ReadOnlyMemory<byte> update, CancellationToken cancellationToken)
    {
        try
        {
            Receipt receipt = await _compute.RunAsync(() => _consolidator.Submit(update, _time.GetUtcNow()), cancellationToken);
            if (_consolidator.MayBeReplaced)
            {
                await CheckOwnedNowAndThenAsync(cancellationToken);
            }

            return receipt;
        }
        catch (InvalidContributionException) when (_consolidator.MayBeReplaced)
        {
            // It may fit a version that is not known here.
            await CheckOwnedAsync(cancellationToken);
            throw;
        }
    }

    private async ValueTask CheckOwnedNowAndThenAsync(CancellationToken cancellationToken)
    {
        if (_checkedAt is not { } last || _time.GetElapsedTime(last) >= BetweenChecks)
        {
            await CheckOwnedAsync(cancellationToken);
        }
    }

    private async ValueTask CheckOwnedAsync(CancellationToken cancellationToken)
    {
        _checkedAt = _time.GetTimestamp();
        await _storage.CheckOwnedAsync(cancellationToken);
        _consolidator.ConfirmOwned();
    }

    /// <summary>Hands an error to all who wait now. When nobody does, the updates stay with their senders, who ask again.</summary>
    private void Refuse(Exception error)
    {
        TaskCompletionSource waiting = Interlocked.Exchange(ref _nextVersion, CreateSignal());
        waiting.TrySetException(error);
        _ = waiting.Task.Exception;
    }
}
