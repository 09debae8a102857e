using System.Diagnostics;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Hosting;

/// <summary>Runs one fast memory: its mailbox, its storage, and its talk with the consolidators above.</summary>
/// <remarks>
/// Feeds and flushes come one after another, so that no batch overtakes another. They are made of short turns: while one
/// waits for a version, the memory answers questions.
/// </remarks>
public sealed class MemoryHost : IAsyncDisposable
{
    private readonly FastMemory _memory;
    private readonly StateSlot _state;
    private readonly ICompute _compute;
    private readonly MemoryUplink[] _uplinks;
    private readonly LearningCounter _learning;
    private readonly Mailbox _mailbox;
    private readonly Func<CancellationToken, ValueTask> _nameAsync;
    private bool _isNamed;
    private readonly SemaphoreSlim _senders = new(1, 1);
    private TimeSpan _learnTime;
    private Task? _stopped;

    private MemoryHost(FastMemory memory, MemoryAddress address, StateSlot state, MemoryUplink[] uplinks, TierHosting hosting)
    {
        _memory = memory;
        _state = state;
        _compute = hosting.Compute;
        _uplinks = uplinks;
        _learning = hosting.Learning;
        _nameAsync = stop => hosting.NameMemoryAsync?.Invoke(address, stop) ?? ValueTask.CompletedTask;
        _isNamed = memory.IsLoaded && memory.Incarnation.Length > 0; // Whoever saved it had it named, unless that was before there were names.
        _mailbox = new Mailbox($"memory {address}", hosting.Mailbox);
        Weigh();
    }

    /// <summary>Loads a memory's state, adopts the newest versions, and starts to serve it.</summary>
    /// <exception cref="StoreException">The state cannot be loaded, or is damaged.</exception>
    public static async ValueTask<MemoryHost> OpenAsync(
        MemoryAddress address, ModelSettings settings, IReadOnlyList<ILevelLink> levels, TierHosting hosting, CancellationToken cancellationToken)
    {
        FastMemory memory = new(address, settings.Spec, settings.Policy) { Incarnation = hosting.Incarnation };
        StateSlot state = new(hosting.Store, StateKey.Memory(address.Model, address.Tenant));
        await state.LoadAsync(memory.Load, cancellationToken);

        MemoryUplink[] uplinks = [.. levels.Select(level => new MemoryUplink(memory, address.Source, level, hosting.Compute))];
        foreach (MemoryUplink uplink in uplinks)
        {
            await uplink.JoinAsync(cancellationToken);
        }

        return new MemoryHost(memory, address, state, uplinks, hosting);
    }

    /// <summary>What its private state occupies, as of its last turn that changed it.</summary>
    public long PrivateBytes { get; private set; }

    /// <summary>Learns a batch, or as much of it as is possible before patience ends.</summary>
    /// <param name="batch">What to learn, from whom, and what the sender takes for applied.</param>
    /// <param name="patience">Ends the waiting for versions; what was learned until then is answered.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="EventRefusedException">An event is not acceptable; those before it are learned.</exception>
    /// <exception cref="EventsMissingException">The memory lacks events before those of the batch; nothing was learned.</exception>
    public ValueTask<FeedProgress> FeedAsync(EventBatch batch, CancellationToken patience, CancellationToken cancellationToken) =>
        InOrderAsync(stop => new MemoryFeed(this, batch).RunAsync(patience, stop), cancellationToken);

    /// <summary>Ends the memory's period, and waits until what it learned is durable above or patience ends.</summary>
    /// <param name="source">Whose flush it is.</param>
    /// <param name="ticket">Names the flush: one that is repeated ends no second period.</param>
    /// <param name="patience">Ends the waiting for versions.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="EventsMissingException">The memory lacks events of the source; nothing was ended.</exception>
    public ValueTask<FlushProgress> FlushAsync(
        SourceId source, FlushTicket ticket, CancellationToken patience, CancellationToken cancellationToken) =>
        InOrderAsync(stop => FlushInOrderAsync(source, ticket, patience, stop), cancellationToken);

    /// <summary>Makes what is learned durable, without ending the period.</summary>
    public ValueTask<Receipt> SaveAsync(SourceId source, CancellationToken cancellationToken) =>
        _mailbox.AskAsync(
            async turn =>
            {
                await SaveIfChangedAsync(turn);
                return _memory.ReceiptFor(source);
            },
            cancellationToken);

    /// <summary>
    /// Ends the period of a level, or of all, in which something was learned, and sends everything up. It waits for no
    /// version, and neither for feeds and flushes that do.
    /// </summary>
    /// <returns>Whether there was something to send.</returns>
    public ValueTask<bool> SendUpAsync(LevelId? level, CancellationToken cancellationToken) =>
        _mailbox.AskAsync(
            async turn =>
            {
                await _compute.RunAsync(
                    () =>
                    {
                        _memory.EndPeriods(level);
                        return true;
                    },
                    turn);
                return await SaveAndSendAsync(turn) > 0;
            },
            cancellationToken);

    /// <summary>Answers without learning.</summary>
    /// <exception cref="InvalidInputException">An input is not acceptable.</exception>
    public ValueTask<IReadOnlyList<Prediction>> PredictAsync(
        IReadOnlyList<ModelInput> inputs, CancellationToken cancellationToken) =>
        _mailbox.AskAsync(
            async turn =>
            {
                await AdoptNewerAsync(turn);
                return await _compute.RunAsync<IReadOnlyList<Prediction>>(() => [.. inputs.Select(input => Predict(input, turn))], turn);
            },
            cancellationToken);

    /// <summary>How it stands.</summary>
    public ValueTask<MemoryStatus> GetStatusAsync(CancellationToken cancellationToken) =>
        _mailbox.AskAsync(_ => ValueTask.FromResult(_memory.Status with { LearnTime = _learnTime }), cancellationToken);

    /// <summary>What it is at one moment, saved or not.</summary>
    /// <exception cref="StoreException">Another owner has saved it since; this one has to go.</exception>
    public ValueTask<HeldMemory> HoldAsync(CancellationToken cancellationToken) =>
        _mailbox.AskAsync(
            async turn =>
            {
                await _state.CheckOwnedAsync(turn);
                return await _compute.RunAsync(_memory.Hold, turn);
            },
            cancellationToken);

    /// <summary>Saves what is learned, so that nothing has to be sent again, and stops; whoever calls waits for the same end.</summary>
    /// <exception cref="StoreException">It could not be saved; it is stopped all the same.</exception>
    public ValueTask DisposeAsync()
    {
        lock (_senders)
        {
            return new ValueTask(_stopped ??= StopAsync());
        }
    }

    /// <summary>Stops without saving anything, as a crash would. Whoever still waits for it is refused.</summary>
    public ValueTask AbandonAsync()
    {
        lock (_senders)
        {
            return new ValueTask(_stopped ??= _mailbox.DisposeAsync().AsTask());
        }
    }

    /// <summary>Whether it was told to stop.</summary>
    public bool IsStopped => Volatile.Read(ref _stopped) is not null;

    /// <summary>Whether it has learned something; of one that is stopped.</summary>
    internal bool HasLearned => _memory.Learned > 0;

    /// <summary>The versions of the shared levels that it has adopted, fastest first.</summary>
    public IReadOnlyList<long> Versions => [.. _uplinks.Select(uplink => uplink.Version)];

    /// <summary>One turn of a feed: adopts what came, learns on, and sends what became due.</summary>
    internal ValueTask<LearnedTurn> LearnAsync(EventBatch batch, int start, CancellationToken cancellationToken) =>
        _mailbox.AskAsync(
            async turn =>
            {
                if (start == 0)
                {
                    await CheckNothingIsMissingAsync(batch.Source, batch.After, turn);
                }

                await NameAsync(turn); // Whoever stops it has no time for that.
                await AdoptNewerAsync(turn);
                await SaveAndSendAsync(turn);
                LearnedTurn learned = await _compute.RunAsync(() => Learn(batch, start), turn);
                await SaveAndSendAsync(turn);
                return learned with { Marks = _memory.ReceiptFor(batch.Source), NotDurable = _memory.NotDurable };
            },
            cancellationToken);

    /// <summary>What a source's events have come to.</summary>
    internal ValueTask<Receipt> GetMarksAsync(SourceId source, CancellationToken cancellationToken) =>
        _mailbox.AskAsync(
            _ =>
            {
                Weigh(); // A flush ends with this.
                return ValueTask.FromResult(_memory.ReceiptFor(source));
            },
            cancellationToken);

    /// <summary>Returns once everything sent is durable and adopted. What a consolidator lost on the way is sent again.</summary>
    /// <returns>False when patience ended first.</returns>
    internal async ValueTask<bool> SettleAsync(CancellationToken patience, CancellationToken cancellationToken)
    {
        using CancellationTokenSource wait = CancellationTokenSource.CreateLinkedTokenSource(patience, cancellationToken);
        foreach (MemoryUplink uplink in _uplinks)
        {
            while (await _mailbox.AskAsync(uplink.SettleAsync, cancellationToken) is { } version)
            {
                try
                {
                    await uplink.WaitPastAsync(version, wait.Token);
                }
                catch (OperationCanceledException) when (patience.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
                {
                    return false;
                }
            }
        }

        return true;
    }

    private async ValueTask<T> InOrderAsync<T>(Func<CancellationToken, ValueTask<T>> work, CancellationToken cancellationToken)
    {
        await _senders.WaitAsync(cancellationToken);
        try
        {
            return await work(cancellationToken);
        }
        finally
        {
            _senders.Release();
        }
    }

    private async ValueTask<FlushProgress> FlushInOrderAsync(
        SourceId source, FlushTicket ticket, CancellationToken patience, CancellationToken cancellationToken)
    {
        await _mailbox.AskAsync(
            async turn =>
            {
                await CheckNothingIsMissingAsync(source, ticket.After, turn);
                await _compute.RunAsync(() => _memory.Flush(source, ticket), turn);
                await SaveAndSendAsync(turn);
            },
            cancellationToken);
        bool isSettled = await SettleAsync(patience, cancellationToken);
        return new FlushProgress(await GetMarksAsync(source, cancellationToken), isSettled);
    }

    /// <exception cref="EventsMissingException">The memory lacks events that it had applied.</exception>
    /// <exception cref="StoreException">Another owner of the memory may have them, for it has saved since.</exception>
    private async ValueTask CheckNothingIsMissingAsync(SourceId source, long after, CancellationToken cancellationToken)
    {
        long applied = _memory.ReceiptFor(source).AppliedThrough;
        if (applied < after)
        {
            await _state.CheckOwnedAsync(cancellationToken);
            throw new EventsMissingException(applied, after);
        }
    }

    /// <summary>One answer, which may take a while: whoever is gone does not ask for the next one.</summary>
    private Prediction Predict(ModelInput input, CancellationToken turn)
    {
        turn.ThrowIfCancellationRequested();
        return _memory.Predict(input);
    }

    private LearnedTurn Learn(EventBatch batch, int start)
    {
        LearningTotals before = _memory.Learning;
        EventRefusedException? refused = null;
        int next = start;
        long began = Stopwatch.GetTimestamp();
        try
        {
            next = _memory.Learn(batch.Source, batch.Events, start);
        }
        catch (EventRefusedException error)
        {
            refused = error;
        }

        _learnTime += Stopwatch.GetElapsedTime(began);
        Weigh();
        LearningTotals learned = _memory.Learning - before;
        _learning.Add(learned);
        return new LearnedTurn(next, learned, _memory.IsBlocked, refused);
    }

    /// <summary>Makes durable what waits for it, and sends what may be sent; also what an earlier turn could not.</summary>
    /// <returns>How many updates were sent.</returns>
    private async ValueTask<int> SaveAndSendAsync(CancellationToken cancellationToken)
    {
        if (_memory.HasUnsaved)
        {
            await SaveAsync(cancellationToken);
        }

        int sent = 0;
        foreach (MemoryUplink uplink in _uplinks)
        {
            sent += await uplink.SendAsync(cancellationToken);
        }

        return sent;
    }

    private async ValueTask SaveIfChangedAsync(CancellationToken cancellationToken)
    {
        if (_memory.HasUnsaved || _memory.HasUnsavedEvents)
        {
            await SaveAsync(cancellationToken);
        }
    }

    private async ValueTask SaveAsync(CancellationToken cancellationToken)
    {
        await NameAsync(cancellationToken);
        byte[] state = await _compute.RunAsync(_memory.Save, cancellationToken);
        await _state.SaveAsync(state, cancellationToken);
        _memory.ConfirmSaved(state.Length);
    }

    private async ValueTask NameAsync(CancellationToken cancellationToken)
    {
        if (!_isNamed)
        {
            await _nameAsync(cancellationToken);
            _isNamed = true;
        }
    }

    private async ValueTask AdoptNewerAsync(CancellationToken cancellationToken)
    {
        foreach (MemoryUplink uplink in _uplinks)
        {
            await uplink.AdoptNewerAsync(cancellationToken);
        }

        Weigh();
    }

    private void Weigh() => PrivateBytes = _memory.PrivateBytes;

    private async Task StopAsync()
    {
        await _senders.WaitAsync();
        try
        {
            await _mailbox.AskAsync(SaveIfChangedAsync, CancellationToken.None);
        }
        finally
        {
            await _mailbox.DisposeAsync();
            _senders.Release();
        }
    }
}
