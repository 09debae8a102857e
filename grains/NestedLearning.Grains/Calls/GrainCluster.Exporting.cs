using System.Runtime.CompilerServices;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Grains;

/// <summary>What takes a tenant's data along.</summary>
public sealed partial class GrainCluster
{
    /// <inheritdoc/>
    public async IAsyncEnumerable<ExportedFile> ExportTenantAsync(
        ModelId model, TenantId tenant, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        StoredModel stored = await FindAsync(model, cancellationToken);
        Dictionary<LevelId, IConsolidatorGrain> levels = SharedLevelsOf(model, stored).ToDictionary(level => level.Id, level => level.Grain);
        MemoryAddress memory = new(model, tenant);
        IFastMemoryGrain grain = grains.GetGrain<IFastMemoryGrain>(MemoryKey.Of(memory));
        GrainHoldings holdings = new(
            memory,
            (export, page, stop) => AskAsync(call => grain.ExportAsync(export, page, call), stop),
            (level, through, export, page, stop) => AskAsync(call => levels[level].ExportAsync(memory.Source.Value, through, export, page, call), stop));
        await foreach (ExportedFile file in TenantExport.RunAsync(memory, stored.Settings, holdings, cancellationToken))
        {
            yield return file;
        }
    }
}
