using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Gateway.Dashboard.Recording;

/// <summary>
/// Asks memories whether their events are durable by now. Flushes, consolidations and schedules make them so and send no receipts of a feed;
/// only the memory knows.
/// </summary>
internal sealed class Freshness(ILearningCluster cluster, Recorder recorder, TimeProvider time)
{
    /// <summary>A page asks at most so many; the others' turn comes when it is read again.</summary>
    public const int MaxAsked = 64;

    /// <summary>A memory that is busy for longer is asked again by the next page.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>What was seen of a model, with what its memories say now.</summary>
    public async Task<ModelLook> LookAsync(ModelId model, CancellationToken cancellationToken)
    {
        TenantLook[] open = [.. recorder.Look(model).Tenants.Where(tenant => tenant.NotDurable > 0).OrderBy(tenant => tenant.LastAsked).Take(MaxAsked)];
        using CancellationTokenSource end = new(Patience, time);
        using CancellationTokenSource wait = CancellationTokenSource.CreateLinkedTokenSource(end.Token, cancellationToken);
        await Task.WhenAll(open.Select(tenant => AskAsync(new MemoryAddress(model, tenant.Tenant), tenant, wait.Token)));
        cancellationToken.ThrowIfCancellationRequested();
        return recorder.Look(model);
    }

    private async Task AskAsync(MemoryAddress memory, TenantLook before, CancellationToken wait)
    {
        try
        {
            recorder.Asked(memory, before, (await cluster.GetMemoryAsync(memory, wait)).NotDurable);
        }
        catch (Exception error) when (error is NestedLearningException or OperationCanceledException)
        {
            // It keeps what its newest receipt said.
        }
    }
}
