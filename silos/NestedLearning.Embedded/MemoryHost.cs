using System.Diagnostics;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Embedded;

/// <summary>Runs one fast memory: its mailbox, its storage, and its talk with the consolidators above.</summary>
internal sealed class MemoryHost : IAsyncDisposable
{
    private readonly FastMemory _memory;
    private readonly MemoryAddress _address;
    private readonly RoundPolicy _policy;
    private readonly StateSlot _state;
    private readonly MemoryUplink[] _uplinks;
    private readonly Mailbox _mailbox;
    private TimeSpan _learnTime;

    private MemoryHost(
        FastMemory memory, MemoryAddress address, RoundPolicy policy, StateSlot state, MemoryUplink[] uplinks, MailboxOptions options)
    {
        _memory = memory;
        _address = address;
        _policy = policy;
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

        return new MemoryHost(memory, address, settings.Policy, state, uplinks, options.Mailbox);
    }

    public ValueTask<FeedReceipt> FeedAsync(
        SourceId source, IReadOnlyList<LearningEvent> events, CancellationToken cancellationToken) =>
        _mailbox.AskAsync(turn => FeedTurnAsync(source, events, turn), cancellationToken);

    public ValueTask<Receipt> FlushAsync(SourceId source, CancellationToken cancellationToken) =>
        _mailbox.AskAsync(
            async turn =>
            {
                _memory.Flush();
                await SaveAndSendAsync(turn);
                await SettleAsync(turn);
                return _memory.ReceiptFor(source);
            },
            cancellationToken);

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
        await _mailbox.AskAsync(SaveAsync, CancellationToken.None);
        await _mailbox.DisposeAsync();
    }

    private async ValueTask<FeedReceipt> FeedTurnAsync(
        SourceId source, IReadOnlyList<LearningEvent> events, CancellationToken cancellationToken)
    {
        (long learned, long correct) = (_memory.Learned, _memory.Correct);
        await AdoptNewerAsync(cancellationToken);
        for (int next = 0; next < events.Count;)
        {
            long start = Stopwatch.GetTimestamp();
            next = _memory.Learn(source, events, next);
            _learnTime += Stopwatch.GetElapsedTime(start);
            if (_memory.HasUnsaved)
            {
                await SaveAndSendAsync(cancellationToken);
            }

            if (next < events.Count && (_policy.Synchronous || _memory.IsBlocked))
            {
                await SettleAsync(cancellationToken);
            }
        }

        return new FeedReceipt(
            _memory.ReceiptFor(source), (int)(_memory.Learned - learned), (int)(_memory.Correct - correct));
    }

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

    private async ValueTask SaveAsync(CancellationToken cancellationToken)
    {
        byte[] state = _memory.Save();
        await _state.SaveAsync(state, cancellationToken);
        _memory.ConfirmSaved(state.Length);
    }

    private async ValueTask SettleAsync(CancellationToken cancellationToken)
    {
        foreach (MemoryUplink uplink in _uplinks)
        {
            await uplink.SettleAsync(cancellationToken);
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
