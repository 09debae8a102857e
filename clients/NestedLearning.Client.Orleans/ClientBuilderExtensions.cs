using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using NestedLearning.Grains;
using NestedLearning.Tiers;

namespace NestedLearning.Client.Orleans;

/// <summary>Adds the tiers to a client of Orleans.</summary>
public static class ClientBuilderExtensions
{
    /// <summary>
    /// Registers <see cref="OrleansCluster"/> as the service's <see cref="ILearningCluster"/>, its <see cref="ISchedules"/> and
    /// its <see cref="ITrainingRuns"/>.
    /// </summary>
    /// <example><code>
    /// builder.UseOrleansClient(client => client.UseLocalhostClustering().AddNestedLearning());
    /// </code></example>
    public static IClientBuilder AddNestedLearning(this IClientBuilder client, Action<OrleansClusterOptions>? configure = null)
    {
        client.Services.AddOptions<OrleansClusterOptions>().Configure(configure ?? (_ => { }));
        client.Services.AddNestedLearningCalls();
        client.Services.AddSingleton<ILearningCluster>(services => new OrleansCluster(
            services.GetRequiredService<GrainCluster>(), services.GetRequiredService<IOptions<OrleansClusterOptions>>().Value));
        client.Services.AddSingleton<ISchedules>(services => services.GetRequiredService<GrainSchedules>());
        client.Services.AddSingleton<ITrainingRuns>(services => services.GetRequiredService<GrainTrainingRuns>());
        return client;
    }
}
