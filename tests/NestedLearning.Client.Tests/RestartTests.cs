using System.Net;
using System.Net.Sockets;
using NestedLearning.Models;
using NestedLearning.Tiers;
using static NestedLearning.Client.Tests.TestServer;

namespace NestedLearning.Client.Tests;

/// <summary>Every event counts once, whatever becomes of the server and the connection.</summary>
public class RestartTests
{
    [Fact]
    public async Task FeedAsync_ServerCrashesBetweenFeeds_CountsEveryEventOnce()
    {
        await using TestServer server = await StartAsync();
        await using HttpLearningCluster client = server.Connect();
        await client.CreateModelAsync(Model, Spec, new RoundPolicy(), default);
        for (int i = 0; i < 20; i++)
        {
            FeedReceipt receipt = await client.FeedAsync(Ann, Source, Events(1 + (i * 10), 10), default);
            Assert.Equal(10 * (i + 1), receipt.Marks.AppliedThrough);
            await server.CrashAndRestartAsync();
        }

        Assert.Equal(new Receipt(200, 200), await client.FlushAsync(Ann, Source, default));
        Assert.Equal(200, (await client.GetMemoryAsync(Ann, default)).Learned);
        Assert.Equal(200, (await client.GetLevelsAsync(Model, default))[0].Events);
    }

    [Fact]
    public async Task FeedAsync_ServerCrashesDuringFeeds_CountsEveryEventOnce()
    {
        await using TestServer server = await StartAsync();
        await using HttpLearningCluster client = server.Connect(Quick with { EventsPerRequest = 5, MaxRetries = 1_000_000 });
        await client.CreateModelAsync(Model, Spec, new RoundPolicy(), default);

        Task<FeedReceipt> feed = client.FeedAsync(Ann, Source, Events(1, 2000), default).AsTask();
        for (int crash = 0; crash < 5 && !feed.IsCompleted; crash++)
        {
            await server.CrashAndRestartAsync();
        }

        Assert.Equal(2000, (await feed).Marks.AppliedThrough);
        await client.FlushAsync(Ann, Source, default);
        Assert.Equal(2000, (await client.GetMemoryAsync(Ann, default)).Learned);
        Assert.Equal(2000, (await client.GetLevelsAsync(Model, default))[0].Events);
    }

    [Fact]
    public async Task FeedAsync_NewClientFeedsFromTheBeginning_CountsEveryEventOnce()
    {
        await using TestServer server = await StartAsync();
        await using (HttpLearningCluster first = server.Connect())
        {
            await first.CreateModelAsync(Model, Spec, new RoundPolicy(), default);
            await first.FeedAsync(Ann, Source, Events(1, 90), default);
        }

        await using HttpLearningCluster second = server.Connect();
        await second.FeedAsync(Ann, Source, Events(1, 90), default);
        await server.CrashAndRestartAsync();
        await second.FeedAsync(Ann, Source, Events(91, 10), default);

        Assert.Equal(100, (await second.GetMemoryAsync(Ann, default)).Learned);
    }

    [Fact]
    public async Task FeedAsync_StoreThatLostDurableEvents_SaysWhereToBegin()
    {
        await using TestServer server = await StartAsync();
        await using HttpLearningCluster client = server.Connect();
        await client.CreateModelAsync(Model, Spec, new RoundPolicy(), default);
        await client.FeedAsync(Ann, Source, Events(1, 60), default);
        await client.FlushAsync(Ann, Source, default);
        MemoryAddress other = Ann with { Tenant = new TenantId("ben") };
        HttpClient http = new(new Redirection(Ann, other));
        await using HttpLearningCluster redirected = new(http, server.Url, Quick);
        await redirected.FeedAsync(Ann, Source, [], default);
        Redirection.IsOn = true;

        DurableEventsLostException lost = await Assert.ThrowsAsync<DurableEventsLostException>(
            async () => await redirected.FeedAsync(Ann, Source, Events(61, 1), default));

        Assert.Equal((0, 60), (lost.AppliedThrough, lost.DurableThrough));
        Redirection.IsOn = false;
    }

    [Fact]
    public async Task GetLevelsAsync_NoServer_SaysSoAfterItsRetries()
    {
        using TcpListener taken = new(IPAddress.Loopback, 0);
        taken.Start();
        Uri nowhere = new($"http://127.0.0.1:{((IPEndPoint)taken.LocalEndpoint).Port}");
        taken.Stop();
        await using HttpLearningCluster client = HttpLearningCluster.Connect(nowhere, Quick);

        ServerUnreachableException error = await Assert.ThrowsAsync<ServerUnreachableException>(
            async () => await client.GetLevelsAsync(Model, default));

        Assert.Equal(nowhere, error.Server);
    }

    /// <summary>Sends one memory's requests to another, as if its state were gone.</summary>
    private sealed class Redirection(MemoryAddress from, MemoryAddress to) : DelegatingHandler(new SocketsHttpHandler())
    {
        public static bool IsOn { get; set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (IsOn)
            {
                string url = request.RequestUri!.ToString().Replace(ApiPaths.Tenant(from), ApiPaths.Tenant(to), StringComparison.Ordinal);
                request.RequestUri = new Uri(url);
            }

            return base.SendAsync(request, cancellationToken);
        }
    }
}
