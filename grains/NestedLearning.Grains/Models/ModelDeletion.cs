using NestedLearning.Hosting;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Grains;

/// <summary>
/// Does away with a model of a cluster. Marked, it is unknown to whoever asks; then what acts for it is stopped, silo by silo and grain by
/// grain; then what is stored goes, what names other things after them. A deletion that was cut short does all of it again, and a reminder
/// sees to it that one does: it is there before the mark is, and until the name is gone.
/// </summary>
/// <param name="model">The model.</param>
/// <param name="tiers">Where it is stored.</param>
/// <param name="silos">The silos with its memories.</param>
/// <param name="grains">Its grains.</param>
/// <param name="reminder">Brings the caller back to finish it.</param>
/// <param name="whenMarked">Forgets what the caller knows of it.</param>
internal sealed class ModelDeletion(
    ModelId model, SiloTiers tiers, SiloSweep silos, IGrainFactory grains, FinishingReminder reminder, Action whenMarked)
{
    private readonly ModelErasure _erasure = new(tiers.Hosting.Store, model);

    private ITierStore Store => tiers.Hosting.Store;

    /// <summary>Returns once nothing is left.</summary>
    /// <returns>Whether there was something.</returns>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        bool isThere = await _erasure.IsThereAsync(cancellationToken);
        if (isThere)
        {
            await reminder.SetAsync();
            await _erasure.MarkAsync(cancellationToken);
            whenMarked();
            if (await Store.LoadAsync(StateKey.Spec(model), cancellationToken) is { } stored)
            {
                await EraseAsync(StoredModel.FromJson(stored.Bytes.Span), cancellationToken);
            }

            await new PendingImports(Store, model).EndAsync(null, cancellationToken);
            await _erasure.UnmarkAsync(cancellationToken);
        }

        await grains.GetGrain<IModelIndexGrain>(IModelIndexGrain.Key).RemoveAsync(model.Value, cancellationToken);
        await reminder.UnsetAsync();
        return isThere;
    }

    /// <summary>Goes on with a deletion that was cut short; a model that nobody deletes is left alone.</summary>
    /// <returns>Whether the model is there, and stays.</returns>
    public async Task<bool> FinishAsync(CancellationToken cancellationToken)
    {
        if (await _erasure.IsThereAsync(cancellationToken) && !await _erasure.IsMarkedAsync(cancellationToken))
        {
            await reminder.UnsetAsync(); // It was made anew.
            return true;
        }

        await RunAsync(cancellationToken);
        return false;
    }

    private async Task EraseAsync(StoredModel stored, CancellationToken cancellationToken)
    {
        LevelId[] levels = [.. stored.Spec.Levels.Where(level => level.Scope == LevelScope.Shared).Select(level => level.Id)];
        await grains.GetGrain<IScheduleIndexGrain>(model.Value).EraseAsync(cancellationToken);
        await grains.GetGrain<ITrainingRunGrain>(model.Value).EraseAsync(cancellationToken);
        await grains.GetGrain<IForgettingGrain>(ModelKey.Of(model, stored.Incarnation)).EndAsync(cancellationToken);
        foreach (LevelId level in levels)
        {
            await grains.GetGrain<IConsolidatorGrain>(new ConsolidatorKey(model, stored.Incarnation, level, 0).ToString()).LeaveAsync();
        }

        (_, _, MemoryFailures failures) = await silos.DoAsync((memories, after) => memories.DropAsync(model.Value, after), cancellationToken);
        failures.ThrowIfAny();
        await EraseMemoriesAsync(stored.Incarnation, cancellationToken);
        foreach (LevelId level in levels)
        {
            await new LevelErasure(Store, model, level).EraseAsync(cancellationToken);
            if (stored.Initial is { } digest)
            {
                await InitialParts.DeleteAsync(Store, model, digest, level, cancellationToken);
            }
        }

        await Store.DeleteAsync(StateKey.Run(model), cancellationToken);
        await Store.DeleteAsync(StateKey.Spec(model), cancellationToken);
    }

    /// <summary>A part is named until its memories are gone.</summary>
    private async Task EraseMemoriesAsync(string incarnation, CancellationToken cancellationToken)
    {
        MemoryNamesKey parts = new(model, incarnation, MemoryNamesKey.Parts);
        foreach (string part in await EndAsync(parts, cancellationToken))
        {
            string[] tenants = await EndAsync(parts with { Part = part }, cancellationToken);
            await StoredStates.DeleteAsync(Store, tenants.Select(tenant => StateKey.Memory(model, new TenantId(tenant))), cancellationToken);
            await Store.DeleteAsync(StateKey.MemoryNames(model, part), cancellationToken);
        }

        await Store.DeleteAsync(StateKey.MemoryNames(model, MemoryNamesKey.Parts), cancellationToken);
    }

    private ValueTask<string[]> EndAsync(MemoryNamesKey names, CancellationToken cancellationToken) =>
        grains.GetGrain<IMemoryNamesGrain>(names.ToString()).EndAsync(cancellationToken);
}
