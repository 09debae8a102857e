using System.Net.WebSockets;
using System.Text.Json.Nodes;

namespace NestedLearning.Gateway.Tests.Feeding;

/// <summary>Events over a WebSocket: the same receipts, the same numbers and the same limits as over a request.</summary>
public sealed class LiveFeedTests
{
    [Fact]
    public async Task Live_Opened_SaysWhereTheSenderStands()
    {
        await using TestGateway gateway = await TestGateway.WithModelAsync();
        await gateway.FeedAsync(TestGateway.Lines(1, 7));

        await using TestSocket socket = await TestSocket.OpenAsync(gateway);

        Assert.Equal(7, (await socket.NextAsync())!["appliedThrough"]!.GetValue<int>());
    }

    [Fact]
    public async Task Live_Messages_AreAnsweredAsTheyCome()
    {
        await using TestGateway gateway = await TestGateway.WithModelAsync();
        await using TestSocket socket = await TestSocket.OpenAsync(gateway);
        await socket.UntilAppliedAsync(0);

        for (int i = 1; i <= 3; i++)
        {
            await socket.SendAsync(TestGateway.Line(i)); // No newline: the end of the message is one.
            Assert.Equal(1, (await socket.UntilAppliedAsync(i))["learned"]!.GetValue<int>());
        }

        await socket.SendAsync(TestGateway.Lines(4, 600));
        await socket.UntilAppliedAsync(603);
        Assert.Equal(603, await gateway.LearnedAsync());
    }

    [Fact]
    public async Task Live_MessageInPieces_IsOneLine()
    {
        await using TestGateway gateway = await TestGateway.WithModelAsync();
        await using TestSocket socket = await TestSocket.OpenAsync(gateway);
        string line = TestGateway.Line(1);

        await socket.SendAsync(line[..10], endOfMessage: false);
        await socket.SendAsync("", endOfMessage: false);
        await socket.SendAsync(line[10..], endOfMessage: false);
        await socket.SendAsync("");

        await socket.UntilAppliedAsync(1);
    }

    [Fact]
    public async Task Live_KnownEvents_AreSkipped()
    {
        await using TestGateway gateway = await TestGateway.WithModelAsync();
        await gateway.FeedAsync(TestGateway.Lines(1, 5));
        await using TestSocket socket = await TestSocket.OpenAsync(gateway);

        await socket.SendAsync(TestGateway.Lines(1, 6));

        await socket.UntilAppliedAsync(6);
        Assert.Equal(6, await gateway.LearnedAsync());
    }

    [Fact]
    public async Task Live_SenderCloses_LearnsAllThatCameBefore()
    {
        await using TestGateway gateway = await TestGateway.WithModelAsync();
        await using TestSocket socket = await TestSocket.OpenAsync(gateway);

        await socket.SendAsync(TestGateway.Lines(1, 50));
        await socket.CloseOutputAsync();

        await socket.UntilAppliedAsync(50);
        Assert.Null(await socket.NextAsync());
        Assert.Equal(WebSocketCloseStatus.NormalClosure, socket.CloseStatus);
    }

    [Fact]
    public async Task Live_ConnectionBroken_KeepsWhatWasLearned()
    {
        await using TestGateway gateway = await TestGateway.WithModelAsync();
        await using TestSocket socket = await TestSocket.OpenAsync(gateway);
        await socket.SendAsync(TestGateway.Line(1));
        await socket.SendAsync(TestGateway.Line(2)[..5], endOfMessage: false);
        await socket.UntilAppliedAsync(1);

        socket.Abort();

        Assert.Equal(1, await gateway.LearnedAsync());
    }

    [Theory]
    [InlineData("oops", "invalid-line")]
    [InlineData("{\"sequence\":6,\"label\":\"x\"}", "invalid-line")]
    [InlineData("{\"sequence\":6,\"features\":{\"64\":1},\"label\":\"x\"}", "event-refused")]
    public async Task Live_LineThatIsNoEvent_EndsAfterTheOnesBefore(string line, string type)
    {
        await using TestGateway gateway = await TestGateway.WithModelAsync();
        await using TestSocket socket = await TestSocket.OpenAsync(gateway);

        await socket.SendAsync(TestGateway.Lines(1, 5) + "\n" + line + "\n" + TestGateway.Lines(7, 9_000));

        await socket.UntilAppliedAsync(5);
        JsonNode problem = ProblemAssert.Is(400, type, (await socket.NextAsync())!);
        Assert.Equal(6, problem["line"]!.GetValue<int>());
        Assert.Null(await socket.NextAsync());
        Assert.Equal(WebSocketCloseStatus.PolicyViolation, socket.CloseStatus);
        Assert.Equal(5, await gateway.LearnedAsync());
    }

    [Fact]
    public async Task Live_LineTooLong_SaysSo()
    {
        await using TestGateway gateway = await TestGateway.WithModelAsync(configure: options => options.MaxLineBytes = 1024);
        await using TestSocket socket = await TestSocket.OpenAsync(gateway);
        await socket.UntilAppliedAsync(0);

        await socket.SendAsync(new string(' ', 100_000) + TestGateway.Line(1));

        ProblemAssert.Is(413, "too-large", (await socket.NextAsync())!);
        Assert.Null(await socket.NextAsync());
        Assert.Equal(WebSocketCloseStatus.MessageTooBig, socket.CloseStatus);
    }

    [Theory]
    [InlineData("/api/v1/models/none/tenants/ann/live?source=test", 404, "unknown-model")]
    [InlineData("/api/v1/models/small/tenants/ANN/live?source=test", 400, "invalid-id")]
    [InlineData("/api/v1/models/small/tenants/ann/live", 400, "invalid-id")]
    [InlineData("/api/v1/models/small/tenants/ann/live?source=test&after=9", 409, "events-missing")]
    [InlineData("/api/v1/models/small/tenants/ann/live?source=test&after=x", 400, "blank")]
    public async Task Live_NotPossible_SaysWhyInAMessage(string path, int status, string type)
    {
        await using TestGateway gateway = await TestGateway.WithModelAsync();
        await using TestSocket socket = await TestSocket.OpenAsync(gateway, path);

        ProblemAssert.Is(status, type, (await socket.NextAsync())!);
        Assert.Null(await socket.NextAsync());
    }

    [Fact]
    public async Task Live_ServerStops_SaysSo()
    {
        TestGateway gateway = await TestGateway.WithModelAsync();
        await using TestSocket socket = await TestSocket.OpenAsync(gateway);
        await socket.UntilAppliedAsync(0);

        Task stop = gateway.DisposeAsync().AsTask();

        ProblemAssert.Is(503, "stopping", (await socket.NextAsync())!);
        Assert.Null(await socket.NextAsync());
        Assert.Equal(WebSocketCloseStatus.EndpointUnavailable, socket.CloseStatus);
        await stop;
    }

    [Fact]
    public async Task Live_NoWebSocket_IsToldThatItTakesOne()
    {
        await using TestGateway gateway = await TestGateway.WithModelAsync();

        HttpResponseMessage response = await gateway.SendAsync("GET", TestSocket.Live);

        await ProblemAssert.IsAsync(426, "blank", response);
        Assert.Equal("websocket", response.Headers.Upgrade.Single().Name);
    }

    [Fact]
    public async Task Feeds_MoreThanMayBeOpen_AreToldToComeBack()
    {
        await using TestGateway gateway = await TestGateway.WithModelAsync(configure: options => options.MaxFeeds = 1);
        await using TestSocket socket = await TestSocket.OpenAsync(gateway);
        await socket.UntilAppliedAsync(0);

        Assert.Equal(429, await TestSocket.RefusalAsync(gateway));
        HttpResponseMessage refused = await gateway.FeedAsync(TestGateway.Lines(1, 1));
        await ProblemAssert.IsAsync(429, "busy", refused);
        Assert.Equal(TimeSpan.FromSeconds(1), refused.Headers.RetryAfter!.Delta);

        await socket.CloseOutputAsync();
        Assert.Null(await socket.NextAsync());
        while (!(await gateway.FeedAsync(TestGateway.Lines(1, 1))).IsSuccessStatusCode)
        {
            // The place is free once the request of the socket has ended, just after its last message.
        }
    }

    [Fact]
    public async Task Live_ManyIdleFeeds_AllAreAnsweredAgain()
    {
        const int Feeds = 500;
        await using TestGateway gateway = await TestGateway.WithModelAsync();
        List<TestSocket> sockets = [];
        for (int i = 0; i < Feeds; i++)
        {
            sockets.Add(await TestSocket.OpenAsync(gateway, TestGateway.Ann + $"/live?source=s{i}"));
            await sockets[i].UntilAppliedAsync(0);
        }

        await Task.WhenAll(sockets.Select(async socket =>
        {
            await socket.SendAsync(TestGateway.Line(1));
            await socket.UntilAppliedAsync(1);
        }));

        Assert.Equal(Feeds, await gateway.LearnedAsync());
        sockets.ForEach(socket => socket.Abort());
    }
}
