using Orleans.Runtime.Placement;

namespace NestedLearning.Grains.Tests.Placement;

public sealed class ShardPlacementDirectorTests
{
    private readonly DeclaredSilos _silos = new();

    [Theory]
    [InlineData(3, 6, 2)]
    [InlineData(3, 3, 1)]
    [InlineData(4, 64, 16)]
    public async Task OnAddActivation_ShardsOfOneLevel_AreSpreadEvenly(int silos, int shards, int each)
    {
        AddSilos(silos);
        foreach (string level in new[] { "slow", "slower", "slowest" })
        {
            Dictionary<SiloAddress, int> counts = await CountAsync($"news/{level}", shards);

            Assert.Equal(silos, counts.Count);
            Assert.All(counts.Values, count => Assert.Equal(each, count));
        }
    }

    [Fact]
    public async Task OnAddActivation_FewerShardsThanSilos_NoSiloHasTwo()
    {
        AddSilos(5);

        Assert.All((await CountAsync("news/slow", 3)).Values, count => Assert.Equal(1, count));
    }

    [Fact]
    public async Task OnAddActivation_FirstShardsOfManyLevels_AreNotOnOneSilo()
    {
        AddSilos(3);
        Dictionary<SiloAddress, int> counts = [];
        for (int level = 0; level < 300; level++)
        {
            Count(counts, await PlaceAsync($"news/level-{level}/0", _silos.All));
        }

        Assert.All(counts.Values, count => Assert.InRange(count, 60, 140));
    }

    [Fact]
    public async Task OnAddActivation_SilosInAnotherOrder_ChoosesTheSame()
    {
        AddSilos(4);

        Assert.Equal(
            await PlaceAsync("news/slow/2", _silos.All),
            await PlaceAsync("news/slow/2", [.. _silos.All.Reverse()]));
    }

    [Theory]
    [InlineData("news")]
    [InlineData("news/slow")]
    [InlineData("/0")]
    [InlineData("news/slow/-1")]
    [InlineData("news/slow/4294967295")]
    [InlineData("news/slow/99999999999")]
    public async Task OnAddActivation_OtherKeys_ArePlacedToo(string key)
    {
        AddSilos(3);

        Assert.Contains(await PlaceAsync(key, _silos.All), _silos.All);
    }

    [Fact]
    public async Task OnAddActivation_Hint_IsFollowed()
    {
        AddSilos(3);
        foreach (SiloAddress silo in _silos.All)
        {
            Dictionary<string, object> request = new() { [IPlacementDirector.PlacementHintKey] = silo };

            Assert.Equal(silo, await PlaceAsync("news/slow/0", _silos.All, request));
        }
    }

    private void AddSilos(int count)
    {
        for (int i = 0; i < count; i++)
        {
            _silos.Add();
        }
    }

    private async Task<Dictionary<SiloAddress, int>> CountAsync(string level, int shards)
    {
        Dictionary<SiloAddress, int> counts = [];
        for (int shard = 0; shard < shards; shard++)
        {
            Count(counts, await PlaceAsync($"{level}/{shard}", _silos.All));
        }

        return counts;
    }

    private static void Count(Dictionary<SiloAddress, int> counts, SiloAddress silo) =>
        counts[silo] = counts.GetValueOrDefault(silo) + 1;

    private static Task<SiloAddress> PlaceAsync(string key, SiloAddress[] silos, Dictionary<string, object>? request = null)
    {
        PlacementTarget target = new(GrainId.Create("consolidator", key), request ?? [], default, 0);
        return new ShardPlacementDirector().OnAddActivation(ShardPlacement.Singleton, target, new FixedContext(silos));
    }

    private sealed class FixedContext(SiloAddress[] silos) : IPlacementContext
    {
        public SiloAddress LocalSilo => silos[0];

        public SiloStatus LocalSiloStatus => SiloStatus.Active;

        public SiloAddress[] GetCompatibleSilos(PlacementTarget target) => silos;

        public IReadOnlyDictionary<ushort, SiloAddress[]> GetCompatibleSilosWithVersions(PlacementTarget target) =>
            new Dictionary<ushort, SiloAddress[]> { [0] = silos };
    }
}
