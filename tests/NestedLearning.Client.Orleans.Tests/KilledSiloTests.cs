using NestedLearning.Embedded;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Client.Orleans.Tests;

/// <summary>Silos that are killed while a service feeds them; every event counts once.</summary>
public sealed class KilledSiloTests
{
    private const int Tenants = 6;
    private const int Batches = 24;
    private const int EventsPerBatch = 5;

    private static readonly ModelId Model = new("m");
    private static readonly SourceId Source = new("service");

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task FeedAsync_SilosAreKilledInTheMiddle_CountsEveryEventOnce(int contributors)
    {
        await using TestSilos silos = await TestSilos.StartAsync(3, new MemoryTierStore());
        // Of six tenants that flush, four may make a round; the other two wait for its time.
        RoundPolicy policy = new() { MinContributors = contributors, MaxWait = TimeSpan.FromSeconds(1) };
        await silos.Client.CreateModelAsync(Model, new ClassifierSpec { Features = 64, Period = 7 }, policy, default);
        using SemaphoreSlim fed = new(0);
        Task feeds = Task.WhenAll(Enumerable.Range(0, Tenants).Select(tenant => Task.Run(() => FeedAsync(tenant))));
        for (int kill = 0; kill < 4; kill++)
        {
            for (int batch = 0; batch < Tenants * Batches / 6; batch++)
            {
                await await Task.WhenAny(fed.WaitAsync(), feeds); // A feed that fails ends the waiting.
            }

            await silos.KillAndReplaceAsync(kill);
        }

        await feeds;
        await Task.WhenAll(Enumerable.Range(0, Tenants).Select(tenant =>
            silos.Client.FlushAsync(Memory(tenant), Source, default).AsTask()));

        LevelStatus level = Assert.Single(await silos.Client.GetLevelsAsync(Model, default));
        Assert.Equal(Tenants * Batches * EventsPerBatch, level.Events);
        for (int tenant = 0; tenant < Tenants; tenant++)
        {
            Assert.Equal(Batches * EventsPerBatch, (await silos.Client.GetMemoryAsync(Memory(tenant), default)).Learned);
        }

        async Task FeedAsync(int tenant)
        {
            for (int batch = 0; batch < Batches; batch++)
            {
                await silos.Client.FeedAsync(Memory(tenant), Source, Events((batch * EventsPerBatch) + 1), default);
                fed.Release();
            }
        }
    }

    private static MemoryAddress Memory(int tenant) => new(Model, new TenantId($"t{tenant}"));

    private static LearningEvent[] Events(int first) =>
        [.. Enumerable.Range(first, EventsPerBatch).Select(i => new LearningEvent(i, new TextInput($"word{i % 5} word{i % 3}"), $"class {i % 5}"))];
}
