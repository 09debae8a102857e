using System.Diagnostics;
using NestedLearning.Tiers;

namespace NestedLearning.Hosting;

/// <summary>When rounds are folded, and how a fold becomes a version.</summary>
public sealed partial class ConsolidatorHost
{
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
                await FoldAsync(cancellationToken);
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

    private async ValueTask FoldAsync(CancellationToken cancellationToken)
    {
        if (!_consolidator.HasUnsavedFold)
        {
            long start = Stopwatch.GetTimestamp();
            RoundParts parts = _consolidator.CutRound();
            if (_shards is not null)
            {
                await ShareOutAsync(parts, _shards, cancellationToken);
            }

            _foldTime += await _compute.RunAsync(
                () =>
                {
                    Parallel.ForEach(parts.All, _foldThreads, part => part.AddUp()); // What no shard has.
                    _consolidator.Fold(_time.GetUtcNow(), parts);
                    return Stopwatch.GetElapsedTime(start);
                },
                cancellationToken);
        }
    }

    /// <summary>Lets the other shards add up their parts while the owner adds up its own.</summary>
    private Task ShareOutAsync(RoundParts parts, ILevelShards shards, CancellationToken cancellationToken) =>
        Task.WhenAll(parts.All.Select(part => part.Shard == 0
            ? AddUpHereAsync(part, cancellationToken)
            : shards.AddUpAsync(_model, Level, part, cancellationToken).AsTask()));

    private Task AddUpHereAsync(RoundPart part, CancellationToken cancellationToken) => _compute.RunAsync(
        () =>
        {
            part.AddUp();
            return true;
        },
        cancellationToken).AsTask();

    private async ValueTask SaveAsync(CancellationToken cancellationToken)
    {
        ConsolidatorState saved = await _compute.RunAsync(_consolidator.Save, cancellationToken);
        await _storage.SaveAsync(saved, cancellationToken);
        _consolidator.ConfirmSaved(saved);
        Interlocked.Exchange(ref _version, _consolidator.Published.Number);
        Interlocked.Exchange(ref _nextVersion, CreateSignal()).TrySetResult();
    }
}
