using NestedLearning.Embedded;
using NestedLearning.Models;
using NestedLearning.Tiers;
using static NestedLearning.Client.Tests.TestServer;

namespace NestedLearning.Client.Tests.Spooling;

/// <summary>Every event that was fed counts once, also when the process that fed it is gone.</summary>
public sealed class SpooledFeedTests : IDisposable
{
    private readonly SpoolFolder _folder = new();

    private HttpClusterOptions Spooling => Quick with { SpoolDirectory = _folder.Path };

    [Fact]
    public async Task FeedAsync_ClientAndServerGoneAfterEachFeed_CountsEveryEventOnce()
    {
        await using TestServer server = await StartWithModelAsync();
        for (int i = 0; i < 10; i++)
        {
            await using HttpLearningCluster client = server.Connect(Spooling);
            await client.FeedAsync(Ann, Source, Events(1 + (i * 10), 10), default);
            await server.CrashAndRestartAsync();
        }

        await using HttpLearningCluster last = server.Connect(Spooling);

        Assert.Equal(new Receipt(100, 100), await last.FlushAsync(Ann, Source, default));
        Assert.Equal(100, (await last.GetMemoryAsync(Ann, default)).Learned);
        Assert.Equal(100, (await last.GetLevelsAsync(Model, default))[0].Events);
        Assert.Equal(0, new FileInfo(_folder.AnnsFile).Length);
    }

    [Fact]
    public async Task FeedAsync_NothingNew_SaysWhereToGoOn()
    {
        await using TestServer server = await StartWithModelAsync();
        await using (HttpLearningCluster client = server.Connect(Spooling))
        {
            await client.FeedAsync(Ann, Source, Events(1, 33), default);
        }

        await server.CrashAndRestartAsync();
        await using HttpLearningCluster again = server.Connect(Spooling);

        Assert.Equal(33, (await again.FeedAsync(Ann, Source, [], default)).Marks.AppliedThrough);
    }

    [Fact]
    public async Task FeedAsync_ServerAway_KeepsTheEventsForTheNextCall()
    {
        MemoryTierStore store = new();
        await using TestServer server = await StartWithModelAsync(store);
        await using HttpLearningCluster client = server.Connect(Spooling with { MaxRetries = 0 });
        await server.StopListeningAsync();
        await Assert.ThrowsAsync<ServerUnreachableException>(async () => await client.FeedAsync(Ann, Source, Events(1, 5), default));
        await server.CrashAndRestartAsync();

        await client.FeedAsync(Ann, Source, Events(6, 5), default);

        Assert.Equal(10, (await client.GetMemoryAsync(Ann, default)).Learned);
    }

    [Fact]
    public async Task FeedAsync_RefusedEvent_IsNotKept()
    {
        await using TestServer server = await StartWithModelAsync();
        await using (HttpLearningCluster client = server.Connect(Spooling))
        {
            LearningEvent[] events = [.. Events(1, 3), new LearningEvent(4, new TextInput("a"), new string('x', 9999)), .. Events(5, 2)];
            await Assert.ThrowsAsync<EventRefusedException>(async () => await client.FeedAsync(Ann, Source, events, default));
        }

        await using HttpLearningCluster again = server.Connect(Spooling);

        Assert.Equal(3, (await again.FeedAsync(Ann, Source, [], default)).Marks.AppliedThrough);
    }

    [Fact]
    public async Task FeedAsync_SpoolFull_FlushesFirst()
    {
        await using TestServer server = await StartWithModelAsync();
        await using HttpLearningCluster client = server.Connect(Spooling with { MaxSpoolBytes = 4096 });

        for (int i = 0; i < 30; i++)
        {
            await client.FeedAsync(Ann, Source, Events(1 + (i * 20), 20), default);
            Assert.InRange(new FileInfo(_folder.AnnsFile).Length, 0, 4096);
        }

        Assert.Equal(600, (await client.GetMemoryAsync(Ann, default)).Learned);
        SpoolException error = await Assert.ThrowsAsync<SpoolException>(async () => await client.FeedAsync(Ann, Source, Events(601, 500), default));
        Assert.Equal(SpoolProblem.Full, error.Problem);
    }

    [Fact]
    public async Task FeedAsync_StoreThatLostWhatTheSpoolKnowsDurable_SaysSo()
    {
        await using (TestServer server = await StartWithModelAsync())
        {
            await using HttpLearningCluster client = server.Connect(Spooling);
            await client.FeedAsync(Ann, Source, Events(1, 60), default);
            await client.FlushAsync(Ann, Source, default);
            await client.FeedAsync(Ann, Source, Events(61, 1), default);
        }

        await using TestServer other = await StartWithModelAsync();
        await using HttpLearningCluster again = other.Connect(Spooling);

        EventsMissingException missing = await Assert.ThrowsAsync<EventsMissingException>(async () => await again.FeedAsync(Ann, Source, [], default));
        Assert.Equal((0, 60), (missing.AppliedThrough, missing.Expected));
    }

    [Fact]
    public async Task ForgetAsync_TenantWithASpool_DeletesIt()
    {
        await using TestServer server = await StartAsync();
        await using HttpLearningCluster client = server.Connect(Spooling);
        await client.CreateModelAsync(Model, Spec, new RoundPolicy { Forgettable = true }, default);
        await client.FeedAsync(Ann, Source, Events(1, 5), default);
        Assert.True(File.Exists(_folder.AnnsFile));

        await client.ForgetAsync(Model, Ann.Tenant, default);

        Assert.False(File.Exists(_folder.AnnsFile));
        await client.FeedAsync(Ann, Source, Events(1, 2), default);
        Assert.Equal(2, (await client.GetMemoryAsync(Ann, default)).Learned);
    }

    public void Dispose() => _folder.Dispose();

    private static async Task<TestServer> StartWithModelAsync(ITierStore? store = null)
    {
        TestServer server = await StartAsync(store);
        await server.Engine.CreateModelAsync(Model, Spec, new RoundPolicy(), default);
        return server;
    }
}
