using NestedLearning.Hosting;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Embedded.Tests.Cluster;

/// <summary>How much memory the models take that go on with texts.</summary>
public sealed class GenerationMemoryTests : IAsyncLifetime
{
    private static readonly SequenceSpec Spec = SequenceSpec.OfBytes with
    {
        Model = new SequenceSettings(256) { Width = 8, Blocks = 1, Heads = 2, Hidden = 6, Periods = [1, 2] },
    };

    private readonly EmbeddedCluster _cluster = new(new MemoryTierStore(), new EmbeddedOptions { FoldThreads = 1 });
    private long _modelBytes;

    public async Task InitializeAsync()
    {
        foreach (string name in new[] { "a", "b", "c" })
        {
            await _cluster.CreateModelAsync(new ModelId(name), Spec, new RoundPolicy(), default);
        }

        await using ClusterGeneration generation = new(_cluster, new GenerationLimits());
        await ReadAsync(generation, "a");
        _modelBytes = generation.ModelBytes;
        Assert.True(_modelBytes > 4 * 256 * 8);
    }

    public async Task DisposeAsync() => await _cluster.DisposeAsync();

    [Fact]
    public async Task GenerateAsync_ModelLargerThanTheLimit_IsRefused()
    {
        await using ClusterGeneration generation = new(_cluster, new GenerationLimits { MaxModelBytes = _modelBytes - 1 });

        Assert.Equal("model", (await Assert.ThrowsAsync<InvalidInputException>(() => ReadAsync(generation, "a"))).Field);
        Assert.Equal(0, generation.ModelBytes);
    }

    [Fact]
    public async Task GenerateAsync_MoreModelsThanFit_LetThoseGoThatNobodyReads()
    {
        await using ClusterGeneration generation = new(_cluster, new GenerationLimits { MaxModelBytes = 2 * _modelBytes });
        foreach (string name in new[] { "a", "b", "c", "a" })
        {
            await ReadAsync(generation, name);
            Assert.InRange(generation.ModelBytes, _modelBytes, 2 * _modelBytes);
        }
    }

    [Fact]
    public async Task GenerateAsync_AllThatFitAreRead_IsBusyUntilOneEnds()
    {
        await using ClusterGeneration generation = new(_cluster, new GenerationLimits { MaxModelBytes = _modelBytes });
        await using (IAsyncEnumerator<GenerationEvent> open = Generate(generation, "a").GetAsyncEnumerator())
        {
            Assert.True(await open.MoveNextAsync());
            await Assert.ThrowsAsync<BusyException>(() => ReadAsync(generation, "b"));
            await ReadAsync(generation, "a");
        }

        await ReadAsync(generation, "b");
        Assert.Equal(_modelBytes, generation.ModelBytes);
    }

    [Fact]
    public async Task GenerateAsync_NewVersion_TakesThePlaceOfTheOld()
    {
        await using ClusterGeneration generation = new(_cluster, new GenerationLimits { MaxModelBytes = _modelBytes });
        MemoryAddress ann = new(new ModelId("a"), new TenantId("ann"));
        SourceId source = new("feed");
        for (int i = 1; i <= 3; i++)
        {
            await _cluster.FeedAsync(ann, source, [new LearningEvent(i, new TextInput("to be or not to be"), "")], default);
            await _cluster.FlushAsync(ann, source, default);

            GenerationEnd end = (GenerationEnd)(await ReadAsync(generation, "a"))[^1];

            Assert.Equal(i, end.Versions[0].Version);
            Assert.Equal(_modelBytes, generation.ModelBytes);
        }
    }

    private static IAsyncEnumerable<GenerationEvent> Generate(ClusterGeneration generation, string model) => generation.GenerateAsync(
        new MemoryAddress(new ModelId(model), new TenantId("ann")),
        new GenerationRequest("to be") { Options = new GenerationOptions { MaxTokens = 8 } },
        default);

    private static async Task<List<GenerationEvent>> ReadAsync(ClusterGeneration generation, string model)
    {
        List<GenerationEvent> events = [];
        await foreach (GenerationEvent next in Generate(generation, model))
        {
            events.Add(next);
        }

        return events;
    }
}
