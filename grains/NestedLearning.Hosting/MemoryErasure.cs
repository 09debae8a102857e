using NestedLearning.Tiers;

namespace NestedLearning.Hosting;

/// <summary>Takes a memory away for good, with everything that it has not sent up.</summary>
/// <remarks>
/// It goes before its contribution to the shared levels does, so that nothing more comes from it. Whoever forgets a tenant notes it
/// before (<see cref="StateKey.Forgetting"/>), and lets it begin anew only after the levels are without it.
/// </remarks>
public static class MemoryErasure
{
    /// <summary>Stops a memory if it is here, and deletes its state.</summary>
    /// <param name="address">Whose memory it is.</param>
    /// <param name="settings">Its model's settings.</param>
    /// <param name="levels">The shared levels, fastest first.</param>
    /// <param name="host">The memory, where it is in this process; nobody else opens it meanwhile.</param>
    /// <param name="store">Where its state is.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="NotForgettableException">It has sent something to a level that cannot take it out again; nothing is deleted.</exception>
    public static async ValueTask<bool> EraseAsync(
        MemoryAddress address, ModelSettings settings, IReadOnlyList<ILevelLink> levels, MemoryHost? host, ITierStore store, CancellationToken cancellationToken)
    {
        await CheckAsync(address, settings, levels, cancellationToken);
        if (host is not null)
        {
            await host.AbandonAsync();
            await CheckAsync(address, settings, levels, cancellationToken); // It may have sent something meanwhile.
        }

        StateKey key = StateKey.Memory(address.Model, address.Tenant);
        bool isStored = await store.LoadAsync(key, cancellationToken) is not null;
        await store.DeleteAsync(key, cancellationToken);
        return isStored || host is { HasLearned: true };
    }

    private static async ValueTask CheckAsync(
        MemoryAddress address, ModelSettings settings, IReadOnlyList<ILevelLink> levels, CancellationToken cancellationToken)
    {
        foreach (ILevelLink level in settings.Policy.Forgettable ? [] : levels)
        {
            LevelMarks owned = await level.GetOwnedMarksAsync(address.Source, cancellationToken);
            if (owned.Marks.AppliedThrough > 0)
            {
                throw new NotForgettableException(level.Level);
            }
        }
    }
}
