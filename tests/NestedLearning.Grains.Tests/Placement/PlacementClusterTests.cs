using Microsoft.Extensions.Options;

namespace NestedLearning.Grains.Tests.Placement;

[Collection(CountedMeasurements.Collection)]
public sealed class PlacementClusterTests
{
    private static readonly (string, string) Cpu = (SiloMetadataKeys.Compute, ComputeKinds.Cpu);
    private static readonly (string, string) Cuda = (SiloMetadataKeys.Compute, ComputeKinds.Cuda);
    private static readonly (string, string) Near = (SiloMetadataKeys.Storage, StorageKinds.Near);
    private static readonly (string, string) Far = (SiloMetadataKeys.Storage, StorageKinds.Far);

    [Fact]
    public async Task Place_SilosOfDifferentCompute_MemoriesLandWhereTheirModelAsks()
    {
        await using PlacementCluster cluster = await PlacementCluster.StartAsync(
            3, options => options.ModelCompute.Add("large", ComputeKinds.Cuda), [Cpu, Near], [Cuda, Far], [Cpu, Near]);

        foreach (SiloAddress silo in await PlaceMemoriesAsync(cluster, "large", 30))
        {
            Assert.Equal(cluster.Silos[1], silo);
        }

        await cluster.PlaceMemoriesEverywhereAsync("small");
        Assert.Empty(cluster.Log.Warnings);
    }

    [Fact]
    public async Task Place_SomeSilosNearTheStorage_ShardsAreSpreadOverThose()
    {
        await using PlacementCluster cluster = await PlacementCluster.StartAsync(
            3, _ => { }, [Cpu, Near], [Cuda, Far], [Cpu, Near]);

        Dictionary<SiloAddress, int> counts = await CountShardsAsync(cluster, "news/slow", 6);

        Assert.Equal(new Dictionary<SiloAddress, int> { [cluster.Silos[0]] = 3, [cluster.Silos[2]] = 3 }, counts);
    }

    [Fact]
    public async Task Place_NoSiloDeclaresStorage_ShardsAreSpreadOverAll()
    {
        await using PlacementCluster cluster = await PlacementCluster.StartAsync(3, _ => { }, [Cpu], [Cuda], [Cpu]);

        Dictionary<SiloAddress, int> counts = await CountShardsAsync(cluster, "news/slow", 6);

        Assert.Equal(cluster.Silos.ToDictionary(silo => silo, _ => 2), counts);
    }

    [Fact]
    public async Task Place_CudaJoinsLater_GetsTheMemoriesThatStartThen()
    {
        await using PlacementCluster cluster = await PlacementCluster.StartAsync(
            2, options => options.DefaultCompute = ComputeKinds.Cuda, [Cpu], [Cpu], [Cuda]);

        SiloAddress[] before = await PlaceMemoriesAsync(cluster, "large", 20);
        Assert.All(before, silo => Assert.Contains(silo, cluster.Silos));
        Assert.NotEmpty(cluster.Log.Warnings);
        Assert.InRange(cluster.Log.Warnings.Count, 1, 2);

        SiloAddress joined = await cluster.JoinAsync();

        Assert.All(await PlaceMemoriesAsync(cluster, "larger", 20), silo => Assert.Equal(joined, silo));
        Assert.Equal(before, await PlaceMemoriesAsync(cluster, "large", 20));
    }

    [Fact]
    public async Task Place_NobodyHasItAndPolicyRefuses_CallerGetsTheTypedError()
    {
        await using PlacementCluster cluster = await PlacementCluster.StartAsync(
            2,
            options =>
            {
                options.ModelCompute.Add("large", ComputeKinds.Cuda);
                options.Fallback = PlacementFallback.Refuse;
            },
            [Cpu],
            [Cpu],
            [Cuda]);

        ComputeUnavailableException error =
            await Assert.ThrowsAsync<ComputeUnavailableException>(() => cluster.PlaceMemoryAsync("large/a"));

        Assert.Equal("large", error.Model);
        Assert.Equal(ComputeKinds.Cuda, error.Compute);
        Assert.Equal(["1 with cpu (Silo_0)", "1 with cpu (Silo_1)"], error.Offered);

        SiloAddress joined = await cluster.JoinAsync();
        Assert.Equal(joined, await cluster.PlaceMemoryAsync("large/a"));
    }

    [Fact]
    public async Task Start_DeclarationThatIsNotAccepted_SiloDoesNotStart()
    {
        OptionsValidationException error = await Assert.ThrowsAsync<OptionsValidationException>(
            () => PlacementCluster.StartAsync(1, _ => { }, [(SiloMetadataKeys.Compute, "gpu")]));

        Assert.Equal(["nl.compute is 'gpu', accepted: cpu, cuda"], error.Failures);
    }

    [Fact]
    public async Task Start_OptionThatIsNotAccepted_SiloDoesNotStart()
    {
        OptionsValidationException error = await Assert.ThrowsAsync<OptionsValidationException>(
            () => PlacementCluster.StartAsync(1, options => options.DefaultCompute = "gpu", [Cpu]));

        Assert.Equal(["DefaultCompute is 'gpu', accepted: any, cpu, cuda"], error.Failures);
    }

    private static async Task<SiloAddress[]> PlaceMemoriesAsync(PlacementCluster cluster, string model, int tenants) =>
        await Task.WhenAll(Enumerable.Range(0, tenants).Select(tenant => cluster.PlaceMemoryAsync($"{model}/tenant-{tenant}")));

    private static async Task<Dictionary<SiloAddress, int>> CountShardsAsync(PlacementCluster cluster, string level, int shards)
    {
        SiloAddress[] silos = await Task.WhenAll(Enumerable.Range(0, shards).Select(shard => cluster.PlaceShardAsync($"{level}/{shard}")));
        return silos.CountBy(silo => silo).ToDictionary(group => group.Key, group => group.Value);
    }
}
