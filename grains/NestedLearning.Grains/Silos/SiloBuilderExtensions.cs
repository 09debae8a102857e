using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using NestedLearning.Tiers;
using Orleans.Configuration;
using Orleans.Storage;

namespace NestedLearning.Grains;

/// <summary>Adds the tiers to a silo.</summary>
public static class SiloBuilderExtensions
{
    /// <summary>
    /// Lets a silo hold fast memories, consolidators, schedules and training runs. The silo registers the grain storage
    /// <see cref="TierStorage.ProviderName"/>, whose serializer is a <see cref="TierStateSerializer"/>, where models have
    /// schedules or runs reminders, and for runs an <see cref="ITrainingDataSource"/>. With reminders a deletion that a crash cut short is
    /// finished within a minute, without them when the next silo starts.
    /// </summary>
    public static ISiloBuilder AddNestedLearning(this ISiloBuilder silo, Action<TierSiloOptions>? configure = null)
    {
        silo.Services.AddOptions<TierSiloOptions>().Configure(configure ?? (_ => { })).ValidateOnStart();
        silo.Services.AddOptions<ComputeOptions>().ValidateOnStart();
        silo.Services.AddSingleton<IValidateOptions<TierSiloOptions>, TierSiloOptionsValidator>();
        silo.Services.AddSingleton<IValidateOptions<ComputeOptions>, TierSiloOptionsValidator>();
        silo.Services.AddOptions<GrainCollectionOptions>().Configure<IOptions<TierSiloOptions>>((collection, tiers) =>
            collection.ClassSpecificCollectionAge[typeof(FastMemoryGrain).FullName!] = tiers.Value.IdleTime);
        silo.Services.TryAddSingleton<ITierStore>(services =>
            new GrainTierStore(services.GetRequiredKeyedService<IGrainStorage>(TierStorage.ProviderName)));
        silo.Services.TryAddSingleton<ITrainingDataSource, NoTrainingData>();
        silo.Services.AddSingleton<ComputeQueue>();
        silo.Services.AddSingleton<GrainShards>();
        silo.Services.AddSingleton<SiloTiers>();
        silo.Services.AddSingleton(services => new TierDrain(services.GetRequiredService<SiloTiers>()));
        silo.Services.AddNestedLearningCalls();
        silo.Services.TryAddSingleton<ILearningCluster>(services => services.GetRequiredService<GrainCluster>());
        silo.Services.AddSingleton<SiloMemoriesClient>();
        silo.Services.AddSingleton<SiloSweep>();
        silo.Services.TryAddSingleton<IScheduledActions, ClusterActions>();
        silo.Services.AddSingleton<ClusterSchedules>();
        silo.Services.TryAddSingleton<ISchedules>(services => services.GetRequiredService<GrainSchedules>());
        silo.Services.TryAddSingleton<ITrainingRuns>(services => services.GetRequiredService<GrainTrainingRuns>());
        silo.AddGrainService<SiloMemories>();
        silo.AddStartupTask((services, _) =>
            services.GetRequiredService<IGrainFactory>().GetGrain<IModelIndexGrain>(IModelIndexGrain.Key).FinishAsync().AsTask());
        silo.AddTierPlacement();
        silo.AddIncomingGrainCallFilter<ErrorsToFaults>();
        return silo;
    }

    /// <summary>
    /// Adds <see cref="GrainCluster"/>, <see cref="GrainSchedules"/> and <see cref="GrainTrainingRuns"/> over the grains that
    /// an <see cref="IGrainFactory"/> reaches, in a silo or in a client of Orleans.
    /// </summary>
    public static IServiceCollection AddNestedLearningCalls(this IServiceCollection services)
    {
        services.AddOptions<TierCallOptions>();
        services.TryAddSingleton<TierCalls>();
        services.TryAddSingleton<GrainCluster>();
        services.TryAddSingleton<GrainSchedules>();
        services.TryAddSingleton<GrainTrainingRuns>();
        services.AddSingleton<IOutgoingGrainCallFilter, FaultsToErrors>();
        return services;
    }
}
