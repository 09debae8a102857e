using NestedLearning.Hosting;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Grains;

/// <summary>
/// Does away with a model of a cluster. Marked, it is unknown to whoever asks; then what acts for it is stopped, silo by silo and grain by
/// grain; then what is stored goes, what names other things after them. A deletion that was cut short does all of it again.
/// </summary>
/// <param name="model">The model.</param>
/// <param name="tiers">Where it is stored.</param>
/// <param name="silos">The silos with its memories.</param>
/// <param name="grains">Its grains.</param>
/// <param name="whenMarked">Forgets what the caller knows of it.</param>
internal sealed class ModelDeletion(ModelId model, SiloTiers tiers, SiloSweep silos, IGrainFactory grains, Action whenMarked)
{
    private ITierStore Store => tiers.Hosting.Store;

    /// <summary>Returns once nothing is left.</summary>
    /// <returns>Whether there was something.</returns>
    public async Task<bool> RunAsync()
    {
        ModelErasure erasure = new(Store, model);
        bool isThere = await erasure.MarkAsync(CancellationToken.None);
        whenMarked();
        if (isThere)
        {
            if (await Store.LoadAsync(StateKey.Spec(model), CancellationToken.None) is { } stored)
            {
                await EraseAsync(StoredModel.FromJson(stored.Bytes.Span));
            }

            await erasure.UnmarkAsync(CancellationToken.None);
        }

        await grains.GetGrain<IModelIndexGrain>(IModelIndexGrain.Key).RemoveAsync(model.Value, CancellationToken.None);
        return isThere;
    }

    private async Task EraseAsync(StoredModel stored)
    {
        LevelId[] levels = [.. stored.Spec.Levels.Where(level => level.Scope == LevelScope.Shared).Select(level => level.Id)];
        await grains.GetGrain<IScheduleIndexGrain>(model.Value).EraseAsync(CancellationToken.None);
        await grains.GetGrain<ITrainingRunGrain>(model.Value).EraseAsync(CancellationToken.None);
        foreach (LevelId level in levels)
        {
            await grains.GetGrain<IConsolidatorGrain>(new ConsolidatorKey(model, stored.Incarnation, level, 0).ToString()).LeaveAsync();
        }

        (_, _, MemoryFailures failures) = await silos.DoAsync((memories, after) => memories.DropAsync(model.Value, after), CancellationToken.None);
        failures.ThrowIfAny();
        await EraseMemoriesAsync(stored.Incarnation);
        foreach (LevelId level in levels)
        {
            await new LevelErasure(Store, model, level).EraseAsync(CancellationToken.None);
            if (stored.Initial is { } digest)
            {
                await InitialParts.DeleteAsync(Store, model, digest, level, CancellationToken.None);
            }
        }

        await Store.DeleteAsync(StateKey.Run(model), CancellationToken.None);
        await Store.DeleteAsync(StateKey.Spec(model), CancellationToken.None);
    }

    /// <summary>A part is named until its memories are gone.</summary>
    private async Task EraseMemoriesAsync(string incarnation)
    {
        MemoryNamesKey parts = new(model, incarnation, MemoryNamesKey.Parts);
        foreach (string part in await EndAsync(parts))
        {
            string[] tenants = await EndAsync(parts with { Part = part });
            await StoredStates.DeleteAsync(Store, tenants.Select(tenant => StateKey.Memory(model, new TenantId(tenant))), CancellationToken.None);
            await Store.DeleteAsync(StateKey.MemoryNames(model, part), CancellationToken.None);
        }

        await Store.DeleteAsync(StateKey.MemoryNames(model, MemoryNamesKey.Parts), CancellationToken.None);
    }

    private ValueTask<string[]> EndAsync(MemoryNamesKey names) =>
        grains.GetGrain<IMemoryNamesGrain>(names.ToString()).EndAsync(CancellationToken.None);
}
