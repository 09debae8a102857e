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
    /// Adds the placement of tiers. Every silo needs it, with the same options. What this silo declares comes from
    /// <c>UseSiloMetadata</c> where that was called before, else from the configuration's <c>Orleans:Metadata</c>.
    /// </summary>
    /// <param name="builder">The silo.</param>
    /// <param name="configure">Sets the options; they and this silo's declarations are checked when it starts.</param>
    public static ISiloBuilder AddTierPlacement(this ISiloBuilder builder, Action<TierPlacementOptions>? configure = null)
    {
        IServiceCollection services = builder.Services;
        if (services.All(service => service.ServiceType != typeof(ISiloMetadataCache)))
        {
            builder.UseSiloMetadata();
        }

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
}
