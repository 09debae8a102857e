using NestedLearning.Hosting;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Embedded;

/// <summary>How models go, and the rest of tenants that went.</summary>
public sealed partial class EmbeddedCluster
{
    private readonly Dictionary<ModelId, Task<bool>> _deletions = [];

    /// <summary>Models that are named and marked: their deletion has begun, here or in an earlier process.</summary>
    private readonly HashSet<ModelId> _doomed = [];

    /// <inheritdoc/>
    /// <exception cref="StoreException">The store failed, or cannot list what it holds.</exception>
    public async ValueTask<bool> DeleteModelAsync(ModelId model, CancellationToken cancellationToken)
    {
        ITierStoreListing listing = _hosting.Store as ITierStoreListing ?? throw new StoreException(
            StoreProblem.Unavailable, StateKey.PrefixOf(model), $"the store cannot say what it holds of a model; accepted: one that is an {nameof(ITierStoreListing)}");
        return await (await BeginDeletingAsync(model, listing, cancellationToken)).WaitAsync(cancellationToken);
    }

    /// <summary>Finishes the deletions that an earlier process began. Until then their models are unknown all the same.</summary>
    /// <exception cref="StoreException">The store failed, or cannot list what it holds.</exception>
    public async ValueTask FinishDeletionsAsync(CancellationToken cancellationToken)
    {
        ModelId[] doomed;
        await _gate.WaitAsync(cancellationToken);
        try
        {
            ObjectDisposedException.ThrowIf(_isClosed, this);
            await LoadNamesAsync(cancellationToken);
            doomed = [.. _doomed];
        }
        finally
        {
            _gate.Release();
        }

        foreach (ModelId model in doomed)
        {
            await DeleteModelAsync(model, cancellationToken);
        }
    }

    /// <summary>
    /// Finishes forgetting the tenants that an earlier process began to forget, and goes on after one that fails. Until then their
    /// memories are not opened, unless that finishes it.
    /// </summary>
    /// <returns>Of how many something may be left, and why.</returns>
    /// <exception cref="StoreException">The store cannot say whose that is.</exception>
    public async ValueTask<MemoryFailures> FinishForgettingAsync(CancellationToken cancellationToken)
    {
        MemoryFailures failures = default;
        foreach (ModelId model in await GetModelsAsync(cancellationToken))
        {
            NameIndex noted = new(_hosting.Store, StateKey.Forgetting(model), name => new TenantId(name).Value);
            await noted.LoadAsync(cancellationToken);
            if (noted.Names.Count > 0)
            {
                failures += await (await ModelAsync(model, cancellationToken)).FinishForgettingAsync(cancellationToken);
            }
        }

        return failures;
    }

    private async ValueTask FindDoomedAsync(CancellationToken cancellationToken)
    {
        foreach (ModelId model in _names.Names.Select(name => new ModelId(name)))
        {
            if (await new ModelErasure(_hosting.Store, model).IsMarkedAsync(cancellationToken))
            {
                _doomed.Add(model);
            }
        }
    }

    private async ValueTask FinishDeletionAsync(ModelId model, CancellationToken cancellationToken)
    {
        if (await new ModelErasure(_hosting.Store, model).IsMarkedAsync(cancellationToken))
        {
            await DeleteModelAsync(model, cancellationToken);
        }
    }

    /// <summary>Enters the gate while nobody deletes a model, after that is finished.</summary>
    private async ValueTask EnterWhenNotDeletedAsync(ModelId model, CancellationToken cancellationToken)
    {
        while (true)
        {
            await FinishDeletionAsync(model, cancellationToken);
            await _gate.WaitAsync(cancellationToken);
            if (!_deletions.TryGetValue(model, out Task<bool>? underWay))
            {
                return;
            }

            _gate.Release();
            await ((Task)underWay).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // Whoever began it hears of a failure.
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Whoever asks while it is under way waits for the same end.</summary>
    private async ValueTask<Task<bool>> BeginDeletingAsync(ModelId model, ITierStoreListing listing, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            ObjectDisposedException.ThrowIf(_isClosed, this);
            if (_deletions.TryGetValue(model, out Task<bool>? underWay))
            {
                return underWay;
            }

            ModelErasure erasure = new(_hosting.Store, model);
            await LoadNamesAsync(cancellationToken);
            bool isThere = await erasure.MarkAsync(cancellationToken);
            _doomed.Add(model);
            _models.Remove(model, out EmbeddedModel? opened);
            Task<bool> deletion = Task.Run(() => DeleteAsync(model, isThere, opened, erasure, listing), CancellationToken.None);
            _deletions.Add(model, deletion);
            return deletion;
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task<bool> DeleteAsync(ModelId model, bool isThere, EmbeddedModel? opened, ModelErasure erasure, ITierStoreListing listing)
    {
        try
        {
            if (opened is not null)
            {
                await opened.AbandonAsync();
            }

            if (isThere)
            {
                await _schedules.RemoveAllAsync(model);
            }

            isThere |= await erasure.EraseAsync(listing, CancellationToken.None); // Its making may have been cut short.
            await erasure.UnmarkAsync(CancellationToken.None);
            await ForgetNameAsync(model);
            return isThere;
        }
        finally
        {
            await _gate.WaitAsync();
            _deletions.Remove(model);
            _gate.Release();
        }
    }

    private async Task ForgetNameAsync(ModelId model)
    {
        await _gate.WaitAsync();
        try
        {
            await _names.RemoveAsync(model.Value, CancellationToken.None);
            _doomed.Remove(model);
        }
        finally
        {
            _gate.Release();
        }
    }
}
