using Microsoft.Extensions.Options;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Grains.Tests.Streams;

[Collection(CountedMeasurements.Collection)]
public sealed class StreamDeliveryTests
{
    private readonly ScriptedMemory _memory = new();
    private readonly RecordingLogger<StreamDelivery> _log = new();
    private readonly StreamRefusals _refusals;

    public StreamDeliveryTests() => _refusals = new StreamRefusals("news/tenant-1", _log);

    [Fact]
    public async Task FeedAsync_SeveralMessages_LearnsThemInOrder()
    {
        StreamDelivery delivery = Delivery();
        await delivery.FeedAsync(Message(1, 3));
        await delivery.FeedAsync(Message(4, 2));
        await delivery.SaveAsync();

        Assert.Equal([1, 2, 3, 4, 5], _memory.Learned);
        Assert.Equal([0, 3], _memory.Requests.Select(request => request.After));
    }

    [Fact]
    public async Task FeedAsync_MessageOfManyEvents_IsLearnedInParts()
    {
        await Delivery().FeedAsync(Message(1, 2500));

        Assert.Equal(2500, _memory.Learned.Count);
        Assert.Equal([1024, 1024, 452], _memory.Requests.Select(request => request.Events.Length));
        Assert.Equal([0, 1024, 2048], _memory.Requests.Select(request => request.After));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(5)]
    public async Task FeedAsync_EventRefused_GoesOnAfterIt(long refused)
    {
        _memory.Refuses.Add(refused);

        StreamDelivery delivery = Delivery();
        await delivery.FeedAsync(Message(1, 5));
        await delivery.SaveAsync();

        Assert.Equal(Enumerable.Range(1, 5).Select(i => (long)i).Where(i => i != refused), _memory.Learned);
        Assert.Equal(
            $"The stream of news/tenant-1 has an event that is left out, source 'sensor', sequence {refused}: label is not acceptable",
            Assert.Single(_log.Warnings));
    }

    [Fact]
    public async Task FeedAsync_EveryEventRefused_LearnsNothing()
    {
        _memory.Refuses.UnionWith([1, 2, 3]);

        StreamDelivery delivery = Delivery();
        await delivery.FeedAsync(Message(1, 3));
        await delivery.SaveAsync();

        Assert.Empty(_memory.Learned);
        Assert.Equal(3, _log.Warnings.Count);
    }

    [Fact]
    public async Task FeedAsync_RefusedEventDeliveredAgain_IsToldOnce()
    {
        _memory.Refuses.Add(3);
        _memory.IsLostBeforeSave = true;
        StreamDelivery lost = Delivery();
        await lost.FeedAsync(Message(1, 3));
        await Assert.ThrowsAsync<EventsMissingException>(lost.SaveAsync);

        StreamDelivery again = Delivery();
        await again.FeedAsync(Message(1, 3));
        await again.SaveAsync();

        Assert.Equal([1, 2], _memory.Learned);
        Assert.Single(_log.Warnings);
    }

    [Fact]
    public async Task FeedAsync_MemoryWaitsForAVersion_AsksToBeDeliveredAgain()
    {
        _memory.Waits = 2;
        await Assert.ThrowsAsync<BusyException>(() => Delivery().FeedAsync(Message(1, 5)));

        _memory.Waits = int.MaxValue;
        await Delivery().FeedAsync(Message(1, 5));

        Assert.Equal([1, 2, 3, 4, 5], _memory.Learned);
    }

    [Fact]
    public async Task SaveAsync_MemoryLostInBetween_AsksToBeDeliveredAgain()
    {
        _memory.IsLostBeforeSave = true;
        StreamDelivery lost = Delivery();
        await lost.FeedAsync(Message(1, 3));

        EventsMissingException error = await Assert.ThrowsAsync<EventsMissingException>(lost.SaveAsync);

        Assert.Equal(0, error.AppliedThrough);
        Assert.Equal(3, error.Expected);
        Assert.Empty(_memory.Learned);
    }

    [Fact]
    public async Task FeedAsync_NothingWhereEventsShouldBe_IsRefused()
    {
        await Assert.ThrowsAsync<InvalidInputException>(() => Delivery().FeedAsync(null));
        await Assert.ThrowsAsync<InvalidInputException>(() => Delivery().FeedAsync(new StreamedEvents("sensor", null!)));
        await Assert.ThrowsAsync<InvalidInputException>(() => Delivery().FeedAsync(new StreamedEvents("sensor", [null!])));
        await Assert.ThrowsAsync<InvalidIdException>(() => Delivery().FeedAsync(new StreamedEvents("No Name", [])));
        Assert.Empty(_memory.Requests);
    }

    private static StreamedEvents Message(int first, int count) => StreamedEvents.From(
        new SourceId("sensor"),
        [.. Enumerable.Range(first, count).Select(i => new LearningEvent(i, new TextInput("text"), "label"))]);

    private StreamDelivery Delivery() => new(_memory, new TierCalls(Options.Create(new TierCallOptions { MaxRetries = 0 })), _refusals);
}
