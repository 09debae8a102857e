using System.Net;
using System.Net.Http.Headers;
using NestedLearning.Contracts;
using NestedLearning.Embedded;
using NestedLearning.Gateway;
using NestedLearning.Gateway.Access;
using NestedLearning.Models;
using NestedLearning.Tiers;
using static NestedLearning.Client.Tests.TestServer;

namespace NestedLearning.Client.Tests;

/// <summary>A client before a gateway that asks for keys, or asks to wait.</summary>
public class KeyTests
{
    [Fact]
    public async Task AnyCall_WithTheKey_IsServedAndWithoutItIsNot()
    {
        (ApiKey key, KeyToken token) = ApiKey.CreateAdmin(new KeyId("admin"));
        await using EmbeddedCluster engine = new(new MemoryTierStore(), new EmbeddedOptions { FoldThreads = 1 });
        await using GatewayServer gateway = await GatewayServer.StartAsync(
            engine, null, new IPEndPoint(IPAddress.Loopback, 0), options => options.ProcessKey = key, default);
        await using HttpLearningCluster holder = HttpLearningCluster.Connect(gateway.Url, Quick with { Key = token.Reveal() });
        await using HttpLearningCluster stranger = HttpLearningCluster.Connect(gateway.Url, Quick);

        await holder.CreateModelAsync(Model, Spec, new RoundPolicy(), default);

        Assert.Equal(5, (await holder.FeedAsync(Ann, Source, Events(1, 5), default)).Learned);
        await Assert.ThrowsAsync<AccessDeniedException>(async () => await stranger.FeedAsync(Ann, Source, Events(1, 5), default));
    }

    [Fact]
    public async Task AnyCall_ServerAsksToWait_IsRepeatedThen()
    {
        ManualTime time = new();
        Waiting server = new(TimeSpan.FromSeconds(30));
        await using HttpLearningCluster client = new(
            new HttpClient(server), new Uri("http://server"), new HttpClusterOptions { Time = time, MaxRetryDelay = TimeSpan.FromMinutes(1) });

        Task<IReadOnlyList<LevelStatus>> levels = client.GetLevelsAsync(Model, default).AsTask();
        time.Advance(TimeSpan.FromSeconds(29));
        Assert.Equal(1, server.Requests);
        time.Advance(TimeSpan.FromSeconds(1));

        Assert.Empty(await levels);
        Assert.Equal(2, server.Requests);
    }

    [Theory]
    [InlineData("")]
    [InlineData("se cret")]
    [InlineData("secret\r\nX: y")]
    public void Validate_KeyThatIsNoHeader_IsRefusedWithoutShowingIt(string key)
    {
        InvalidClientOptionsException error = Assert.Throws<InvalidClientOptionsException>(new HttpClusterOptions { Key = key }.Validate);

        Assert.StartsWith("Key is not shown", Assert.Single(error.Violations), StringComparison.Ordinal);
    }

    [Fact]
    public void ToString_OptionsWithAKey_HideIt() =>
        Assert.DoesNotContain("secret", new HttpClusterOptions { Key = "secret" }.ToString(), StringComparison.Ordinal);

    /// <summary>Asks to wait once, then answers.</summary>
    private sealed class Waiting(TimeSpan wait) : HttpMessageHandler
    {
        public int Requests { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Requests++;
            HttpResponseMessage response = Requests > 1
                ? new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("[]") }
                : new HttpResponseMessage(HttpStatusCode.TooManyRequests);
            response.Headers.RetryAfter = new RetryConditionHeaderValue(wait);
            return Task.FromResult(response);
        }
    }
}
