using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NestedLearning.Embedded;
using NestedLearning.Grains;
using NestedLearning.Tiers;

namespace NestedLearning.Cluster.Benchmarks;

/// <summary>One silo in this process, with its states in files and a client within, as the silo's own HTTP API is one.</summary>
internal sealed class OneSilo(IHost host, LocalTierStore store) : IAsyncDisposable
{
    public ILearningCluster Cluster { get; } = host.Services.GetRequiredService<ILearningCluster>();

    public static async Task<OneSilo> StartAsync(string directory, Action<TierSiloOptions> configure)
    {
        LocalTierStore store = LocalTierStore.Open(directory);
        int[] ports = Ports.Free(2);
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddConsole();
        builder.UseOrleans(silo =>
        {
            silo.UseLocalhostClustering(ports[0], ports[1]);
            silo.Services.AddSingleton<ITierStore>(store);
            silo.AddNestedLearning(configure);
        });
        IHost host = builder.Build();
        await host.StartAsync();
        return new OneSilo(host, store);
    }

    public async ValueTask DisposeAsync()
    {
        await host.Services.GetRequiredService<TierDrain>().DrainAsync();
        await host.StopAsync();
        host.Dispose();
        store.Dispose();
    }
}
