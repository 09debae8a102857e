using Microsoft.Extensions.Logging;
using NestedLearning.Models;
using NestedLearning.Tiers;
using Orleans.TestingHost;

namespace NestedLearning.Grains.Tests.Streams;

[Collection(CountedMeasurements.Collection)]
public sealed class StreamFailureTests
{
    [Fact]
    public async Task Publish_ProviderGivesUp_IsTold()
    {
        using CountedMeasurements counted = new("nl.streams.lost");
        await using StreamCluster streams = await StreamCluster.StartAsync();
        MemoryAddress memory = await streams.CreateAsync("news", "tenant-1");
        await streams.PublishAsync(StreamCluster.Impatient, memory, SensorEvents.From(1, 3));
        await streams.LearnedAsync(memory, 3);
        foreach (InProcessSiloHandle silo in streams.Cluster.Silos)
        {
            streams.CutOff(silo);
        }

        await streams.PublishAsync(StreamCluster.Impatient, memory, SensorEvents.From(4, 3));
        await StreamCluster.UntilAsync(() => Task.FromResult(streams.Log.Of(LogLevel.Error).Count > 0));

        Assert.Contains("The stream of news/tenant-1 has given up", Assert.Single(streams.Log.Of(LogLevel.Error)), StringComparison.Ordinal);
        Assert.Equal(1, counted.Total);
    }

    [Theory]
    [MemberData(nameof(StreamCluster.Providers), MemberType = typeof(StreamCluster))]
    public async Task Publish_MemoryAndFeedDeactivatedInTheMiddle_EveryEventCountsOnce(string provider)
    {
        await using StreamCluster streams = await StreamCluster.StartAsync();
        MemoryAddress memory = await streams.CreateAsync("news", "tenant-1");
        LearningEvent[] events = SensorEvents.From(1, 60);
        int published = 0;
        foreach (LearningEvent[] message in events.Chunk(10))
        {
            await streams.PublishAsync(provider, memory, message);
            published += message.Length;
            await streams.LearnedAsync(memory, published - 5);
            await streams.DeactivateAsync(memory);
        }

        await streams.LearnedAsync(memory, 60);

        Assert.Equal(await streams.DescribeReferenceAsync(events), await streams.DescribeAsync(memory));
    }

    [Fact]
    public async Task Publish_SiloOfMemoryCrashesInTheMiddle_NothingDeliveredIsLost()
    {
        await using StreamCluster streams = await StreamCluster.StartAsync();
        MemoryAddress memory = await CreateApartFromStreamAsync(streams);
        LearningEvent[] events = SensorEvents.From(1, 200);
        await PublishEachAsync(streams, memory, events[1..100]);
        await streams.LearnedAsync(memory, 40);
        await streams.CrashAsync(await streams.SiloOfMemoryAsync(memory));
        await PublishEachAsync(streams, memory, events[100..]);

        await streams.LearnedAsync(memory, 200);

        Assert.Equal(await streams.DescribeReferenceAsync(events), await streams.DescribeAsync(memory));
    }

    [Fact]
    public async Task Publish_SiloOfStreamCrashesInTheMiddle_WhatIsDeliveredAgainCountsOnce()
    {
        await using StreamCluster streams = await StreamCluster.StartAsync();
        MemoryAddress memory = await streams.CreateAsync("news", "tenant-1");
        streams.Queues.LosesAcknowledgements = true;
        LearningEvent[] events = SensorEvents.From(1, 200);
        await PublishEachAsync(streams, memory, events[..100]);
        await streams.LearnedAsync(memory, 40);
        await streams.CrashAsync(await streams.SiloOfStreamAsync(memory));
        await PublishEachAsync(streams, memory, events[100..]);

        await streams.LearnedAsync(memory, 200);

        Assert.Equal(await streams.DescribeReferenceAsync(events), await streams.DescribeAsync(memory));
        Assert.True(streams.Queues.Reads > 200, "No message was delivered again.");
    }

    [Fact]
    public async Task Publish_SiloOfMemoryStreamsCrashes_ProducerSendsAgainAndEveryEventCountsOnce()
    {
        await using StreamCluster streams = await StreamCluster.StartAsync();
        MemoryAddress memory = await streams.CreateAsync("news", "tenant-1");
        LearningEvent[] events = SensorEvents.From(1, 60);
        await streams.PublishAsync(StreamCluster.InMemory, memory, events[..30]);
        await streams.LearnedAsync(memory, 10);
        await streams.CrashAsync(await streams.SiloOfMemoryAsync(memory));

        // Streams in memory may die with a silo. Who made the events does not know which were learned, and sends them all.
        await StreamCluster.UntilAsync(() => TryPublishAsync(streams, memory, events));
        await streams.LearnedAsync(memory, 60);

        Assert.Equal(await streams.DescribeReferenceAsync(events), await streams.DescribeAsync(memory));
    }

    /// <summary>A memory that has learned the first event, on another silo than its stream is read.</summary>
    private static async Task<MemoryAddress> CreateApartFromStreamAsync(StreamCluster streams)
    {
        for (int tenant = 0; ; tenant++)
        {
            MemoryAddress memory = await streams.CreateAsync("news", $"tenant-{tenant}");
            await PublishEachAsync(streams, memory, SensorEvents.From(1, 1));
            await streams.LearnedAsync(memory, 1);
            if (await streams.SiloOfMemoryAsync(memory) != await streams.SiloOfStreamAsync(memory))
            {
                return memory;
            }
        }
    }

    private static async Task PublishEachAsync(StreamCluster streams, MemoryAddress memory, LearningEvent[] events)
    {
        foreach (LearningEvent learningEvent in events)
        {
            await streams.PublishAsync(StreamCluster.Durable, memory, learningEvent);
        }
    }

    private static async Task<bool> TryPublishAsync(StreamCluster streams, MemoryAddress memory, LearningEvent[] events)
    {
        try
        {
            await streams.PublishAsync(StreamCluster.InMemory, memory, events);
            return true;
        }
        catch (Exception error) when (TierCalls.MayPass(error))
        {
            return false;
        }
    }
}
