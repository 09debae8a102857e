using NestedLearning.Models;

namespace NestedLearning.Tiers;

/// <summary>How an engine tells what it holds of one tenant.</summary>
public interface ITenantHoldings
{
    /// <summary>The tenant's memory, at one moment.</summary>
    ValueTask<HeldMemory> ReadMemoryAsync(CancellationToken cancellationToken);

    /// <summary>What a shared level has of the tenant, as files.</summary>
    /// <param name="level">The level.</param>
    /// <param name="through">Only updates up to this number: the memory had not made later ones at its moment.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ExportOvertakenException">The tenant was taken out of the level meanwhile.</exception>
    IAsyncEnumerable<ExportedFile> ReadLevelAsync(LevelId level, long through, CancellationToken cancellationToken);
}
