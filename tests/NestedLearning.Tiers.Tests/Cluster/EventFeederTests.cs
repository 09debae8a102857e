using NestedLearning.Models;

namespace NestedLearning.Tiers.Tests.Cluster;

/// <summary>A feeder against a memory that forgets.</summary>
public sealed class EventFeederTests
{
    private static readonly SourceId Source = new("client");

    private readonly ForgetfulChannel _memory = new();
    private readonly EventFeeder _feeder;

    public EventFeederTests() => _feeder = new EventFeeder(_memory, Source, new FeederLimits(EventsPerBatch: 4, MaxKeptEvents: 100));

    [Fact]
    public async Task FeedAsync_MemoryForgetsBetweenFeeds_SendsTheMissingOnesFirst()
    {
        await FeedAsync(1, 10);
        _memory.Forget();
        FeedReceipt receipt = await FeedAsync(11, 2);
        Assert.Equal(12, receipt.Marks.AppliedThrough);
        Assert.Equal(Enumerable.Range(1, 12).Select(i => (long)i), _memory.Learned);
    }

    [Fact]
    public async Task FlushAsync_MemoryForgotBefore_SendsTheMissingOnesAndEndsOnePeriod()
    {
        await FeedAsync(1, 10);
        _memory.Forget();
        Assert.Equal(new Receipt(10, 10), await _feeder.FlushAsync(new FlushTicket(1), default));
        Assert.Single(_memory.Tickets);
    }

    [Fact]
    public async Task FeedAsync_SenderGoesOnAfterWhatTheMemoryLacks_SaysSo()
    {
        EventsMissingException missing = await Assert.ThrowsAsync<EventsMissingException>(async () => await FeedAsync(6, 2, after: 5));
        Assert.Equal((0, 5), (missing.AppliedThrough, missing.Expected));
        Assert.Equal(2, (await FeedAsync(6, 2)).Learned);
    }

    [Fact]
    public async Task FeedAsync_SenderGoesOnAfterWhatTheMemoryHas_Learns()
    {
        await new EventFeeder(_memory, Source, new FeederLimits(4, 100)).FeedAsync(new EventBatch(Source, Events(1, 5)), default);
        Assert.Equal(2, (await FeedAsync(6, 2, after: 5)).Learned);
    }

    [Fact]
    public async Task FeedAsync_MemoryLostWhatItCalledDurable_SaysSo()
    {
        await FeedAsync(1, 10);
        await _feeder.FlushAsync(new FlushTicket(1), default);
        _memory.ForgetAll();
        DurableEventsLostException lost = await Assert.ThrowsAsync<DurableEventsLostException>(async () => await FeedAsync(11, 1));
        Assert.Equal((0, 10), (lost.AppliedThrough, lost.DurableThrough));
    }

    [Fact]
    public async Task FeedAsync_MoreThanIsKept_Flushes()
    {
        await FeedAsync(1, 101);
        Assert.Single(_memory.Tickets);
    }

    private ValueTask<FeedReceipt> FeedAsync(int first, int count, long after = 0) =>
        _feeder.FeedAsync(new EventBatch(Source, Events(first, count)) { After = after }, default);

    private static LearningEvent[] Events(int first, int count) =>
        [.. Enumerable.Range(first, count).Select(i => new LearningEvent(i, new TextInput("text"), "label"))];

    private sealed class ForgetfulChannel : IEventChannel
    {
        private long _durable;

        public List<long> Learned { get; } = [];

        public List<FlushTicket> Tickets { get; } = [];

        public void Forget() => Learned.RemoveAll(sequence => sequence > _durable);

        public void ForgetAll()
        {
            _durable = 0;
            Forget();
        }

        public ValueTask SendAsync(EventBatch batch, Action<FeedReceipt> accept, CancellationToken cancellationToken)
        {
            long applied = Learned.LastOrDefault();
            if (batch.After > applied)
            {
                throw new EventsMissingException(applied, batch.After);
            }

            long[] fresh = [.. batch.Events.Select(sent => sent.Sequence).Where(sequence => sequence > applied)];
            Learned.AddRange(fresh);
            accept(new FeedReceipt(new Receipt(Learned.LastOrDefault(), _durable), fresh.Length, 0));
            return ValueTask.CompletedTask;
        }

        public ValueTask<Receipt> FlushAsync(FlushTicket ticket, CancellationToken cancellationToken)
        {
            if (ticket.After > Learned.LastOrDefault())
            {
                throw new EventsMissingException(Learned.LastOrDefault(), ticket.After);
            }

            Tickets.Add(ticket);
            _durable = Learned.LastOrDefault();
            return ValueTask.FromResult(new Receipt(_durable, _durable));
        }

        public ValueTask RetryAsync(Func<CancellationToken, ValueTask> attempt, CancellationToken cancellationToken) =>
            attempt(cancellationToken);
    }
}
