using NestedLearning.Tiers;

namespace NestedLearning.Hosting;

/// <summary>Many states at once.</summary>
public static class StoredStates
{
    private const int AtOnce = 16;

    /// <summary>Deletes states, a few at a time; those that are not there are passed over.</summary>
    /// <exception cref="StoreException">The store failed; the same call again goes on.</exception>
    public static async ValueTask DeleteAsync(ITierStore store, IEnumerable<StateKey> keys, CancellationToken cancellationToken) => await Parallel.ForEachAsync(
        keys, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, store.DeleteAsync);
}
