using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Orleans.Placement;
using Orleans.Runtime.MembershipService.SiloMetadata;

namespace NestedLearning.Grains;

/// <summary>Lets a silo place memories and consolidators by what silos declare.</summary>
public static class TierPlacementExtensions
{
    /// <summary>
    /// Adds the placement of tiers. Every silo needs it, with the same options. What a silo declares it says by
    /// <c>UseSiloMetadata</c>, before or after; a silo that does not call that declares nothing, and knows of no other.
    /// </summary>
    /// <param name="builder">The silo.</param>
    /// <param name="configure">Sets the options; they and this silo's declarations are checked when it starts.</param>
    public static ISiloBuilder AddTierPlacement(this ISiloBuilder builder, Action<TierPlacementOptions>? configure = null)
    {
        IServiceCollection services = builder.Services;
        services.TryAddSingleton<ISiloMetadataCache, NothingDeclared>();
        services.AddOptionsWithValidateOnStart<TierPlacementOptions>().Configure(options => configure?.Invoke(options));
        services.TryAddEnumerable(
        [
            ServiceDescriptor.Singleton<IValidateOptions<TierPlacementOptions>, TierPlacementOptionsValidator>(),
            ServiceDescriptor.Singleton<IValidateOptions<SiloMetadata>, SiloMetadataValidator>(),
        ]);
        services.AddPlacementFilter<ComputePlacementFilterStrategy, ComputePlacementFilterDirector>(ServiceLifetime.Transient);
        services.AddPlacementFilter<StoragePlacementFilterStrategy, StoragePlacementFilterDirector>(ServiceLifetime.Transient);
        return builder.AddPlacementDirector<ShardPlacement, ShardPlacementDirector>();
    }

    /// <summary>Stands in where silos use no metadata; a call of <c>UseSiloMetadata</c> takes its place.</summary>
    private sealed class NothingDeclared : ISiloMetadataCache
    {
        public SiloMetadata GetSiloMetadata(SiloAddress siloAddress) => SiloMetadata.Empty;
    }
}
