using Microsoft.Extensions.Logging;
using Orleans.Placement;
using Orleans.Runtime.MembershipService.SiloMetadata;
using Orleans.Runtime.Placement;

namespace NestedLearning.Grains;

/// <summary>Keeps the silos near the storage; all of them when none is.</summary>
internal sealed partial class StoragePlacementFilterDirector(
    ISiloMetadataCache metadata, ILogger<StoragePlacementFilterDirector> logger)
    : IPlacementFilterDirector
{
    private Nearness _last = Nearness.Unknown;

    private enum Nearness
    {
        /// <summary>Nothing was placed yet, or silos do not declare how they lie to the storage.</summary>
        Unknown,

        /// <summary>The last grain found a silo near the storage.</summary>
        Near,

        /// <summary>The last grain found none.</summary>
        FellBack,
    }

    /// <inheritdoc/>
    public IEnumerable<SiloAddress> Filter(
        PlacementFilterStrategy filterStrategy, PlacementTarget target, IEnumerable<SiloAddress> silos)
    {
        SiloAddress[] candidates = [.. silos];
        SiloAddress[] near = [.. candidates.Where(silo => StorageOf(silo) == StorageKinds.Near)];
        if (near.Length > 0)
        {
            SayFound();
            return near;
        }

        if (candidates.Length > 0)
        {
            SayFallback(candidates);
        }

        return candidates;
    }

    private void SayFound()
    {
        if (Interlocked.Exchange(ref _last, Nearness.Near) == Nearness.FellBack)
        {
            LogFound();
        }
    }

    /// <summary>A cluster that never declared anything has nothing to fall back from.</summary>
    private void SayFallback(SiloAddress[] candidates)
    {
        if (_last == Nearness.Unknown && candidates.All(silo => StorageOf(silo) is null))
        {
            return;
        }

        TierMetrics.PlacementFallbacks.Add(1, TierMetrics.Asked(StorageKinds.Near));
        if (Interlocked.Exchange(ref _last, Nearness.FellBack) != Nearness.FellBack)
        {
            LogFallback(candidates.Length);
        }
    }

    private string? StorageOf(SiloAddress silo) => SiloProfile.Of(metadata.GetSiloMetadata(silo)).Storage;
}
