using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Hosting;

/// <summary>How a source is taken out of a level, and out of what is stored of it.</summary>
public sealed partial class ConsolidatorHost
{
    /// <summary>
    /// Makes a version without a source, unless there is nothing of it, and returns once nothing of it is stored. After a failure it may be
    /// repeated, and goes on.
    /// </summary>
    /// <exception cref="NotForgettableException">The level's updates are not kept; nothing was done.</exception>
    /// <exception cref="StoreException">Another owner has saved the level since; this one has to go.</exception>
    public ValueTask<ForgottenLevel> ForgetAsync(SourceId source, CancellationToken cancellationToken) =>
        _mailbox.AskAsync(
            async turn =>
            {
                await FinishFoldAsync(turn);
                await CheckOwnedAsync(turn); // What another owner has done away with would look damaged.
                List<SiftedAttachment> sifted = [];
                foreach (AttachmentName name in _consolidator.IsForgettable ? _consolidator.StoredUpdates : [])
                {
                    if (await SiftAsync(source, name, turn) is { } found)
                    {
                        sifted.Add(found);
                    }
                }

                LineageEntry? made = await ForgetAsync(source, sifted, turn);
                await EraseAsync(turn);
                return new ForgottenLevel(Level, made?.Version, made?.LeftOut.Sum(left => left.Events) ?? 0);
            },
            cancellationToken);

    private async ValueTask<SiftedAttachment?> SiftAsync(SourceId source, AttachmentName name, CancellationToken cancellationToken)
    {
        ReadOnlyMemory<byte> bytes = await _storage.LoadAsync(name, cancellationToken);
        StateAttachment? rest = null;
        SiftedAttachment? found = await _compute.RunAsync(() => _consolidator.Sift(source, name, bytes, out rest), cancellationToken);
        if (rest is not null)
        {
            await _storage.AttachAsync(rest, cancellationToken);
        }

        return found;
    }

    private async ValueTask<LineageEntry?> ForgetAsync(SourceId source, IReadOnlyList<SiftedAttachment> sifted, CancellationToken cancellationToken)
    {
        await _compute.RunAsync(
            () =>
            {
                _consolidator.Forget(source, sifted, _time.GetUtcNow());
                return true;
            },
            cancellationToken);
        if (!_consolidator.HasUnsavedFold)
        {
            return null;
        }

        await SaveAsync(cancellationToken);
        return _consolidator.Lineage[^1];
    }

    /// <summary>Deletes what the state does not need any more, once it does not; also what an earlier attempt left.</summary>
    private async ValueTask EraseAsync(CancellationToken cancellationToken)
    {
        while (_consolidator.IsErasing)
        {
            if (_consolidator.CanErase)
            {
                await _storage.EraseAsync(_consolidator, cancellationToken);
                _consolidator.ConfirmErased();
            }

            await SaveAsync(cancellationToken);
        }
    }
}
