using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NestedLearning.Grains;
using NestedLearning.Tiers;
using Orleans.TestingHost;

namespace NestedLearning.Client.Orleans.Tests;

/// <summary>Silos of this process over one store, and a client as a service has it.</summary>
internal sealed class TestSilos : IAsyncDisposable
{
    private readonly InProcessTestCluster _silos;

    private TestSilos(InProcessTestCluster silos)
    {
        _silos = silos;
        Client = silos.Client.ServiceProvider.GetRequiredService<ILearningCluster>();
    }

    public ILearningCluster Client { get; }

    public static async Task<TestSilos> StartAsync(short count, ITierStore store, TimeProvider? clock = null)
    {
        InProcessTestClusterBuilder builder = new(count);
        builder.Options.ConfigureFileLogging = false;
        builder.ConfigureHost(host => host.Logging.SetMinimumLevel(LogLevel.None));
        builder.ConfigureClient(client => client.AddNestedLearning());
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton(store);
            silo.AddNestedLearning(options =>
            {
                options.FoldThreads = 1;
                options.RoundClock = clock ?? TimeProvider.System;
            });
        });
        InProcessTestCluster silos = builder.Build();
        await silos.DeployAsync();
        return new TestSilos(silos);
    }

    /// <summary>Ends a silo without a word, and starts another.</summary>
    public async Task KillAndReplaceAsync(int index)
    {
        InProcessSiloHandle[] active = [.. _silos.GetActiveSilos()];
        await _silos.KillSiloAsync(active[index % active.Length]);
        await _silos.StartAdditionalSiloAsync();
    }

    /// <summary>Every silo hands over what it holds, then goes.</summary>
    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        try
        {
            await Task.WhenAll(_silos.GetActiveSilos().Select(silo =>
                _silos.GetSiloServiceProvider(silo.SiloAddress).GetRequiredService<TierDrain>().DrainAsync()));
        }
        finally
        {
            await _silos.StopAllSilosAsync(); // Without it the process keeps them, in a listener for unhandled errors.
            await _silos.DisposeAsync();
        }
    }
}
