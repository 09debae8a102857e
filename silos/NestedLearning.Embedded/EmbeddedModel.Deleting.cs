using NestedLearning.Hosting;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Embedded;

/// <content>A model whose states are about to go.</content>
internal sealed partial class EmbeddedModel
{
    private volatile bool _isDeleted;

    /// <summary>Uses a memory.</summary>
    /// <exception cref="UnknownModelException">The model is deleted, or was meanwhile.</exception>
    public async ValueTask<T> UseAsync<T>(TenantId tenant, Func<MemoryHost, ValueTask<T>> use, CancellationToken cancellationToken)
    {
        try
        {
            return await Memories.UseAsync(tenant, use, cancellationToken);
        }
        catch (Exception error) when (_isDeleted && error is ObjectDisposedException or MailboxClosedException or StoppingException)
        {
            throw new UnknownModelException(_model);
        }
    }

    /// <summary>Stops everything and saves no memory. Nothing is written any more once it returns.</summary>
    public async Task AbandonAsync()
    {
        _isDeleted = true;
        foreach (ConsolidatorHost level in Levels)
        {
            level.StopWaiting(); // Who waits for a version goes, lest its memory waits for it.
        }

        await Memories.AbandonAsync();
        foreach (ConsolidatorHost level in Levels)
        {
            await level.DisposeAsync();
        }
    }
}
