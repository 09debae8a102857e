using NestedLearning.Models;
using NestedLearning.Tensors;
using NestedLearning.Tiers;

namespace NestedLearning.Grains.Tests.Streams;

[Collection(CountedMeasurements.Collection)]
public sealed class StreamFeedGrainTests
{
    [Theory]
    [MemberData(nameof(StreamCluster.Providers), MemberType = typeof(StreamCluster))]
    public async Task Publish_ManyMessages_AreLearnedInOrder(string provider)
    {
        await using StreamCluster streams = await StreamCluster.StartAsync();
        MemoryAddress memory = await streams.CreateAsync("news", "tenant-1");
        LearningEvent[] events = SensorEvents.From(1, 60);
        foreach (LearningEvent[] message in events.Chunk(7))
        {
            await streams.PublishAsync(provider, memory, message);
        }

        await streams.LearnedAsync(memory, 60);

        Assert.Equal(await streams.DescribeReferenceAsync(events), await streams.DescribeAsync(memory));
    }

    [Theory]
    [MemberData(nameof(StreamCluster.Providers), MemberType = typeof(StreamCluster))]
    public async Task Publish_SameEventsAgain_CountOnce(string provider)
    {
        await using StreamCluster streams = await StreamCluster.StartAsync();
        MemoryAddress memory = await streams.CreateAsync("news", "tenant-1");
        LearningEvent[] events = SensorEvents.From(1, 31);
        foreach (int first in new[] { 0, 0, 10, 5, 20, 0, 20 })
        {
            await streams.PublishAsync(provider, memory, events[first..(first + 10)]);
        }

        // The last event comes after all repeats: once it is learned, they have been dealt with.
        await streams.PublishAsync(provider, memory, events[^1]);
        await streams.LearnedAsync(memory, 31);

        Assert.Equal(await streams.DescribeReferenceAsync(events), await streams.DescribeAsync(memory));
    }

    [Fact]
    public async Task Publish_SeveralTenantsAndProviders_EachLearnsItsOwn()
    {
        await using StreamCluster streams = await StreamCluster.StartAsync();
        MemoryAddress[] memories = await Task.WhenAll(Enumerable.Range(0, 8).Select(tenant => streams.CreateAsync("news", $"tenant-{tenant}")));
        await Task.WhenAll(memories.Select((memory, tenant) => streams.PublishAsync(
            tenant % 2 == 0 ? StreamCluster.InMemory : StreamCluster.Durable, memory, SensorEvents.From(1, 3 + tenant))));

        for (int tenant = 0; tenant < memories.Length; tenant++)
        {
            await streams.LearnedAsync(memories[tenant], 3 + tenant);
            Assert.Equal(3 + tenant, (await streams.Learning.GetMemoryAsync(memories[tenant], default)).Learned);
        }
    }

    [Fact]
    public async Task Publish_EventThatIsNotAcceptable_IsLeftOutAndTold()
    {
        using CountedMeasurements counted = new("nl.streams.refused");
        await using StreamCluster streams = await StreamCluster.StartAsync();
        MemoryAddress memory = await streams.CreateAsync("news", "tenant-1");
        LearningEvent[] events = SensorEvents.From(1, 12);
        events[4] = events[4] with { Input = new FeatureInput(new SparseVector(new ushort[] { 9999 }, new[] { 1f })) };
        await streams.PublishAsync(StreamCluster.InMemory, memory, events[..8]);
        await streams.PublishAsync(StreamCluster.InMemory, memory, events[8..]);

        await streams.LearnedAsync(memory, 11);

        LearningEvent[] acceptable = [.. events.Where(learningEvent => learningEvent.Sequence != 5)];
        Assert.Equal(await streams.DescribeReferenceAsync(acceptable), await streams.DescribeAsync(memory));
        string warning = Assert.Single(streams.Log.Warnings);
        Assert.Contains("news/tenant-1", warning, StringComparison.Ordinal);
        Assert.Contains("sequence 5: features has the index 9999", warning, StringComparison.Ordinal);
        Assert.Equal(1, counted.Total);
    }

    [Fact]
    public async Task Publish_StreamsThatFeedNothing_HoldUpNoOthers()
    {
        await using StreamCluster streams = await StreamCluster.StartAsync();
        MemoryAddress memory = await streams.CreateAsync("news", "tenant-1");
        StreamedEvents message = StreamedEvents.From(SensorEvents.Source, SensorEvents.From(1, 3));
        await streams.PublishAsync(StreamCluster.InMemory, memory with { Model = new ModelId("unknown") }, message.Events);
        foreach (string key in new[] { "news", "News/tenant-1", "news/tenant-1/more" })
        {
            await streams.Cluster.Client.GetStreamProvider(StreamCluster.InMemory)
                .GetStream<StreamedEvents>(StreamId.Create(TenantStreams.Namespace, key))
                .OnNextAsync(message);
        }

        await streams.Stream(StreamCluster.InMemory, memory).OnNextAsync(message with { Source = "Not A Name" });
        await streams.PublishAsync(StreamCluster.InMemory, memory, SensorEvents.From(1, 10));

        await streams.LearnedAsync(memory, 10);
        await StreamCluster.UntilAsync(() => Task.FromResult(streams.Log.Warnings.Count == 5));
        Assert.Single(streams.Log.Warnings, warning => warning.Contains("unknown/tenant-1", StringComparison.Ordinal));
        Assert.Single(streams.Log.Warnings, warning => warning.Contains("'Not A Name'", StringComparison.Ordinal));
    }
}
