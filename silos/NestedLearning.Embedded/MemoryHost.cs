using System.Diagnostics;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Embedded;

/// <summary>Runs one fast memory: its mailbox, its storage, and its talk with the consolidators above.</summary>
/// <remarks>
/// Feeds and flushes come one after another, so that no batch overtakes another. They are made of short turns: while one
/// waits for a version, the memory answers questions.
/// </remarks>
internal sealed class MemoryHost : IAsyncDisposable
{
    private readonly FastMemory _memory;
    private readonly StateSlot _state;
    private readonly MemoryUplink[] _uplinks;
    private readonly Mailbox _mailbox;
    private readonly SemaphoreSlim _senders = new(1, 1);
    private TimeSpan _learnTime;

    private MemoryHost(
        FastMemory memory, MemoryAddress address, StateSlot state, MemoryUplink[] uplinks, MailboxOptions options)
    {
        _memory = memory;
        _state = state;
        _uplinks = uplinks;
        _mailbox = new Mailbox($"memory {address}", options);
    }

    /// <summary>Loads a memory's state, adopts the newest versions, and starts to serve it.</summary>
    public static async ValueTask<MemoryHost> OpenAsync(
        MemoryAddress address, ModelSettings settings, IReadOnlyList<ConsolidatorHost> levels, ITierStore store, EmbeddedOptions options, CancellationToken cancellationToken)
    {
        FastMemory memory = new(address, settings.Spec, settings.Policy);
        StateSlot state = new(store, StateKey.Memory(address.Model, address.Tenant));
        if (await state.LoadAsync(cancellationToken) is { } saved)
        {
            memory.Load(saved);
        }

        MemoryUplink[] uplinks = [.. levels.Select(level => new MemoryUplink(memory, address.Source, level))];
        foreach (MemoryUplink uplink in uplinks)
        {
            await uplink.JoinAsync(cancellationToken);
        }

        return new MemoryHost(memory, address, state, uplinks, options.Mailbox);
    }

    public ValueTask<FeedReceipt> FeedAsync(
        SourceId source, IReadOnlyList<LearningEvent> events, CancellationToken cancellationToken) =>
        InOrderAsync(() => FeedInOrderAsync(source, events, cancellationToken), cancellationToken);

    public ValueTask<Receipt> FlushAsync(SourceId source, CancellationToken cancellationToken) =>
        InOrderAsync(() => FlushInOrderAsync(source, cancellationToken), cancellationToken);

    public ValueTask<IReadOnlyList<Prediction>> PredictAsync(
        IReadOnlyList<ModelInput> inputs, CancellationToken cancellationToken) =>
        _mailbox.AskAsync<IReadOnlyList<Prediction>>(
            async turn =>
            {
                await AdoptNewerAsync(turn);
                return [.. inputs.Select(_memory.Predict)];
            },
            cancellationToken);

    public ValueTask<MemoryStatus> GetStatusAsync(CancellationToken cancellationToken) =>
        _mailbox.AskAsync(_ => ValueTask.FromResult(_memory.Status with { LearnTime = _learnTime }), cancellationToken);

    /// <summary>Saves what is learned, so that nothing has to be sent again, and stops.</summary>
    public async ValueTask DisposeAsync()
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

    private async ValueTask<T> InOrderAsync<T>(Func<ValueTask<T>> work, CancellationToken cancellationToken)
    {
        await _senders.WaitAsync(cancellationToken);
        try
        {
            return await work();
        }
        finally
        {
            _senders.Release();
        }
    }

    private async ValueTask<FeedReceipt> FeedInOrderAsync(
        SourceId source, IReadOnlyList<LearningEvent> events, CancellationToken cancellationToken)
    {
        (long learned, long correct) = (_memory.Learned, _memory.Correct);
        try
        {
            await LearnAsync(source, events, cancellationToken);
        }
        catch (EventRefusedException refused)
        {
            throw new EventRefusedException(refused.Sequence, refused.Reason) { Before = Receipt() };
        }

        return Receipt();

        FeedReceipt Receipt() => new(
            _memory.ReceiptFor(source), (int)(_memory.Learned - learned), (int)(_memory.Correct - correct));
    }

    private async ValueTask LearnAsync(
        SourceId source, IReadOnlyList<LearningEvent> events, CancellationToken cancellationToken)
    {
        for (int next = 0; ;)
        {
            bool mustWait = await _mailbox.AskAsync(
                async turn =>
                {
                    next = await LearnTurnAsync(source, events, next, turn);
                    return next < events.Count && _memory.IsBlocked;
                },
                cancellationToken);
            if (next == events.Count)
            {
                return;
            }

            if (mustWait)
            {
                await SettleAsync(cancellationToken);
            }
        }
    }

    private async ValueTask<int> LearnTurnAsync(
        SourceId source, IReadOnlyList<LearningEvent> events, int next, CancellationToken cancellationToken)
    {
        await AdoptNewerAsync(cancellationToken);
        await SaveAndSendAsync(cancellationToken);
        long start = Stopwatch.GetTimestamp();
        next = _memory.Learn(source, events, next);
        _learnTime += Stopwatch.GetElapsedTime(start);
        await SaveAndSendAsync(cancellationToken);
        return next;
    }

    private async ValueTask<Receipt> FlushInOrderAsync(SourceId source, CancellationToken cancellationToken)
    {
        await _mailbox.AskAsync(
            async turn =>
            {
                _memory.Flush();
                await SaveAndSendAsync(turn);
            },
            cancellationToken);
        await SettleAsync(cancellationToken);
        return await _mailbox.AskAsync(_ => ValueTask.FromResult(_memory.ReceiptFor(source)), cancellationToken);
    }

    /// <summary>Makes durable what waits for it, and sends what may be sent; also what an earlier turn could not.</summary>
    private async ValueTask SaveAndSendAsync(CancellationToken cancellationToken)
    {
        if (_memory.HasUnsaved)
        {
            await SaveAsync(cancellationToken);
        }

        foreach (MemoryUplink uplink in _uplinks)
        {
            await uplink.SendAsync(cancellationToken);
        }
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
        byte[] state = _memory.Save();
        await _state.SaveAsync(state, cancellationToken);
        _memory.ConfirmSaved(state.Length);
    }

    /// <summary>Returns once everything sent is durable and adopted. What a consolidator lost on the way is sent again.</summary>
    private async ValueTask SettleAsync(CancellationToken cancellationToken)
    {
        foreach (MemoryUplink uplink in _uplinks)
        {
            while (await _mailbox.AskAsync(uplink.SettleAsync, cancellationToken) is { } version)
            {
                await uplink.WaitPastAsync(version, cancellationToken);
            }
        }
    }

    private async ValueTask AdoptNewerAsync(CancellationToken cancellationToken)
    {
        foreach (MemoryUplink uplink in _uplinks)
        {
            await uplink.AdoptNewerAsync(cancellationToken);
        }
    }
}
