using System.Threading.Channels;
using NestedLearning.Models;
using NestedLearning.Tiers;
using static NestedLearning.Client.Tests.TestServer;

namespace NestedLearning.Client.Tests.Feeding;

/// <summary>Streams over a WebSocket: as exact as calls, and each event answered when it comes.</summary>
public sealed class LiveFeedTests : IAsyncLifetime
{
    private readonly Channel<LearningEvent> _events = Channel.CreateUnbounded<LearningEvent>();
    private TestServer _server = null!;
    private HttpLearningCluster _client = null!;

    public async Task InitializeAsync()
    {
        _server = await StartAsync();
        _client = _server.Connect(Quick with { EventsPerRequest = 50, MaxRetries = 1_000_000 });
        await _client.CreateModelAsync(Model, Spec, new RoundPolicy(), default);
    }

    public async Task DisposeAsync()
    {
        await _client.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task FeedLiveAsync_EventsOneByOne_AreAnsweredAsTheyCome()
    {
        await using IAsyncEnumerator<FeedReceipt> receipts = Live().GetAsyncEnumerator();
        foreach (LearningEvent next in Events(1, 5))
        {
            await _events.Writer.WriteAsync(next);

            Assert.True(await receipts.MoveNextAsync());
            Assert.Equal((next.Sequence, 1), (receipts.Current.Marks.AppliedThrough, receipts.Current.Learned));
        }
    }

    [Fact]
    public async Task FeedLiveAsync_ServerCrashesDuringIt_CountsEveryEventOnce()
    {
        int learned = 0;
        await foreach (FeedReceipt receipt in WriteAll(Events(1, 1000)))
        {
            learned += receipt.Learned;
            if (receipt.Marks.AppliedThrough % 200 == 0)
            {
                await _server.CrashAndRestartAsync();
            }
        }

        Assert.InRange(learned, 1000, 2000); // Those that a crash lost were learned twice, and count once.
        await _client.FlushAsync(Ann, Source, default);
        Assert.Equal(1000, (await _client.GetMemoryAsync(Ann, default)).Learned);
        Assert.Equal(1000, (await _client.GetLevelsAsync(Model, default))[0].Events);
    }

    [Fact]
    public async Task FeedLiveAsync_EventThatIsRefused_NamesItAndKeepsTheOnesBefore()
    {
        LearningEvent[] events = [.. Events(1, 120), new LearningEvent(121, new TextInput("a"), new string('x', 9999)), .. Events(122, 9)];

        EventRefusedException refused = await Assert.ThrowsAsync<EventRefusedException>(async () =>
        {
            await foreach (FeedReceipt receipt in WriteAll(events))
            {
                Assert.True(receipt.Marks.AppliedThrough <= 120);
            }
        });

        Assert.Equal(121, refused.Sequence);
        Assert.Equal(120, (await _client.GetMemoryAsync(Ann, default)).Learned);
    }

    [Fact]
    public async Task FeedLiveAsync_KnownEvents_AreSkipped()
    {
        await _client.FeedAsync(Ann, Source, Events(1, 80), default);
        await using HttpLearningCluster other = _server.Connect();
        _events.Writer.Complete();

        int learned = 0;
        await foreach (FeedReceipt receipt in other.FeedLiveAsync(Ann, Source, Events(1, 100).ToAsyncEnumerable(), default))
        {
            learned += receipt.Learned;
        }

        Assert.Equal(20, learned);
    }

    [Fact]
    public async Task FeedLiveAsync_TwiceAtOnce_IsRefused()
    {
        await using IAsyncEnumerator<FeedReceipt> first = Live().GetAsyncEnumerator();
        await _events.Writer.WriteAsync(Events(1, 1)[0]);
        await first.MoveNextAsync();

        await using IAsyncEnumerator<FeedReceipt> second = Live().GetAsyncEnumerator();
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await second.MoveNextAsync());
    }

    [Fact]
    public async Task FeedLiveAsync_NoModel_SaysSo()
    {
        MemoryAddress none = new(new ModelId("none"), Ann.Tenant);

        await Assert.ThrowsAsync<UnknownModelException>(async () =>
        {
            await foreach (FeedReceipt _ in _client.FeedLiveAsync(none, Source, Events(1, 1).ToAsyncEnumerable(), default))
            {
            }
        });
    }

    private IAsyncEnumerable<FeedReceipt> Live() => _client.FeedLiveAsync(Ann, Source, _events.Reader.ReadAllAsync(), default);

    private IAsyncEnumerable<FeedReceipt> WriteAll(IEnumerable<LearningEvent> events)
    {
        foreach (LearningEvent next in events)
        {
            _events.Writer.TryWrite(next);
        }

        _events.Writer.Complete();
        return Live();
    }
}
