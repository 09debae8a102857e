using NestedLearning.Hosting;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Embedded;

/// <content>How tenants go.</content>
internal sealed partial class EmbeddedModel
{
    /// <summary>Of whom something may be there still.</summary>
    private readonly NameIndex _forgetting;

    /// <summary>Whoever has it may change what is noted.</summary>
    private readonly SemaphoreSlim _noting = new(1, 1);

    /// <summary>Takes a tenant out: its memory first, then what it contributed to each level.</summary>
    /// <exception cref="NotForgettableException">A level cannot be without it; nothing was removed.</exception>
    public Task<ForgetReport> ForgetAsync(TenantId tenant, CancellationToken cancellationToken) =>
        Memories.TakeAwayAsync(tenant, host => ForgetAsync(tenant, host, cancellationToken), cancellationToken);

    /// <summary>Finishes what was cut short of forgetting tenants, and goes on after one that fails.</summary>
    public Task<MemoryFailures> FinishForgettingAsync(CancellationToken cancellationToken) => MemoryWork.ForEachAsync(
        [.. _forgetting.Names.Select(name => new TenantId(name))], async (tenant, stop) => await ForgetAsync(tenant, stop), cancellationToken);

    /// <summary>A tenant begins anew once all of it is gone. Its memory is not here.</summary>
    private async ValueTask FinishForgettingAsync(TenantId tenant)
    {
        if (await IsNotedAsync(tenant))
        {
            await ForgetAsync(tenant, null, CancellationToken.None);
        }
    }

    /// <summary>It is noted before anything of it goes, and until all is gone, so that somebody goes on when this ends in between.</summary>
    private async ValueTask<ForgetReport> ForgetAsync(TenantId tenant, MemoryHost? host, CancellationToken cancellationToken)
    {
        MemoryAddress memory = new(_model, tenant);
        await NoteAsync(() => _forgetting.AddAsync(tenant.Value, cancellationToken), cancellationToken);
        bool hadMemory;
        try
        {
            hadMemory = await MemoryErasure.EraseAsync(memory, Settings, Levels, host, _store, cancellationToken);
        }
        catch (NotForgettableException)
        {
            await NoteAsync(() => _forgetting.RemoveAsync(tenant.Value, cancellationToken), cancellationToken); // Nothing was removed.
            throw;
        }

        List<ForgottenLevel> levels = [];
        foreach (ConsolidatorHost level in Levels)
        {
            levels.Add(await level.ForgetAsync(memory.Source, cancellationToken));
        }

        await NoteAsync(() => _forgetting.RemoveAsync(tenant.Value, cancellationToken), cancellationToken);
        return new ForgetReport(hadMemory, levels);
    }

    private async ValueTask<bool> IsNotedAsync(TenantId tenant)
    {
        await _noting.WaitAsync();
        try
        {
            return _forgetting.Names.Contains(tenant.Value);
        }
        finally
        {
            _noting.Release();
        }
    }

    private async ValueTask NoteAsync(Func<ValueTask> note, CancellationToken cancellationToken)
    {
        await _noting.WaitAsync(cancellationToken);
        try
        {
            await note();
        }
        finally
        {
            _noting.Release();
        }
    }
}
