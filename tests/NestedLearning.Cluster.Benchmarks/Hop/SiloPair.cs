using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.TestingHost;

namespace NestedLearning.Cluster.Benchmarks;

/// <summary>Two silos of one cluster: calls go from the first to the second.</summary>
internal sealed class SiloPair(IServiceProvider caller, IServiceProvider owner, Func<ValueTask> stop) : IAsyncDisposable
{
    public IServiceProvider Caller => caller;

    public IServiceProvider Owner => owner;

    /// <summary>Two silos in this process that talk over TCP, as silos of two machines do.</summary>
    public static async Task<SiloPair> StartOverTcpAsync(Action<ISiloBuilder> configure)
    {
        int[] ports = Ports.Free(4);
        IHost first = Build(ports[0], ports[1]);
        IHost second = Build(ports[2], ports[3]);
        await first.StartAsync();
        await second.StartAsync();
        SiloPair pair = new(first.Services, second.Services, StopAsync);
        await pair.SettleAsync();
        return pair;

        IHost Build(int siloPort, int gatewayPort)
        {
            HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
            builder.Logging.SetMinimumLevel(LogLevel.None);
            builder.UseOrleans(silo =>
            {
                silo.UseLocalhostClustering(siloPort, gatewayPort, new IPEndPoint(IPAddress.Loopback, ports[0]));
                configure(silo);
            });
            return builder.Build();
        }

        async ValueTask StopAsync()
        {
            await second.StopAsync();
            await first.StopAsync();
            second.Dispose();
            first.Dispose();
        }
    }

    /// <summary>Two silos in this process that talk through its memory: the cheapest way there is between silos.</summary>
    public static async Task<SiloPair> StartInMemoryAsync(Action<ISiloBuilder> configure)
    {
        InProcessTestClusterBuilder builder = new(2);
        builder.Options.ConfigureFileLogging = false;
        builder.ConfigureHost(host => host.Logging.SetMinimumLevel(LogLevel.None));
        builder.ConfigureSilo((_, silo) => configure(silo));
        InProcessTestCluster cluster = builder.Build();
        await cluster.DeployAsync();
        SiloPair pair = new(
            cluster.GetSiloServiceProvider(cluster.Silos[0].SiloAddress),
            cluster.GetSiloServiceProvider(cluster.Silos[1].SiloAddress),
            cluster.DisposeAsync);
        await pair.SettleAsync();
        return pair;
    }

    /// <summary>Makes sure that calls of a grain do cross from one silo to the other.</summary>
    /// <exception cref="InvalidOperationException">The grain is with the caller.</exception>
    public async Task CheckIsWithOwnerAsync(IAddressable grain)
    {
        IManagementGrain management = caller.GetRequiredService<IGrainFactory>().GetGrain<IManagementGrain>(0);
        SiloAddress? place = await management.GetActivationAddress(grain);
        if (place != owner.GetRequiredService<ILocalSiloDetails>().SiloAddress)
        {
            throw new InvalidOperationException($"{grain} is on {place}, where its caller is.");
        }
    }

    public ValueTask DisposeAsync() => stop();

    private async Task SettleAsync()
    {
        while ((await Hosts(caller)).Count < 2 || (await Hosts(owner)).Count < 2)
        {
            await Task.Yield();
        }
    }

    private static Task<Dictionary<SiloAddress, SiloStatus>> Hosts(IServiceProvider silo) =>
        silo.GetRequiredService<IGrainFactory>().GetGrain<IManagementGrain>(0).GetHosts(onlyActive: true);
}
