using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Runtime.MembershipService.SiloMetadata;

namespace NestedLearning.Grains.Tests.Placement;

/// <summary>Silos that exist only by what they declare.</summary>
internal sealed class DeclaredSilos : ISiloMetadataCache
{
    private readonly Dictionary<SiloAddress, SiloMetadata> _silos = [];

    public SiloAddress[] All => [.. _silos.Keys];

    public SiloAddress Add(params (string Key, string Value)[] declared)
    {
        SiloAddress silo = SiloAddress.New(IPAddress.Loopback, 1000 + _silos.Count, 1);
        _silos.Add(silo, MetadataOf(declared));
        return silo;
    }

    public void Remove(SiloAddress silo) => _silos.Remove(silo);

    public SiloMetadata GetSiloMetadata(SiloAddress siloAddress) => _silos.GetValueOrDefault(siloAddress, SiloMetadata.Empty);

    private static SiloMetadata MetadataOf((string Key, string Value)[] declared)
    {
        BareSiloBuilder builder = new();
        builder.UseSiloMetadata(declared.ToDictionary(pair => pair.Key, pair => pair.Value));
        return builder.Services.BuildServiceProvider().GetRequiredService<IOptions<SiloMetadata>>().Value;
    }
}

/// <summary>A silo's services without a silo.</summary>
internal sealed class BareSiloBuilder : ISiloBuilder
{
    public IServiceCollection Services { get; } = new ServiceCollection();

    public IConfiguration Configuration { get; init; } = new ConfigurationBuilder().Build();
}
