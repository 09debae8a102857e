using NestedLearning.Gateway.Access;
using NestedLearning.Gateway.Tests.Feeding;
using NestedLearning.Tiers;

namespace NestedLearning.Gateway.Tests.Access;

/// <summary>Who may open a WebSocket; that the route asks for a key at all is in <see cref="RouteAccessTests"/>.</summary>
public sealed class LiveAccessTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Live_KeyThatTeaches_MayFeed(bool asBrowser)
    {
        await using KeyedGateway server = await KeyedGateway.StartAsync();
        string key = server.Add("phone", [ApiScope.TenantFeed], ["ann"]);

        await using TestSocket socket = await TestSocket.OpenAsync(server.Gateway, key: key, origin: "https://shop.example", asBrowser: asBrowser);

        Assert.Equal(asBrowser ? ApiPaths.LiveProtocol : null, socket.Protocol);
        await socket.SendAsync(TestGateway.Line(1));
        await socket.UntilAppliedAsync(1);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Live_KeyForOtherThings_IsRefused(bool asBrowser)
    {
        await using KeyedGateway server = await KeyedGateway.StartAsync();
        string reader = server.Add("reader", [ApiScope.TenantRead, ApiScope.ModelAdmin], ["ann"]);
        string ben = server.Add("ben", [ApiScope.TenantFeed], ["ben"]);
        string old = server.Add("old", [ApiScope.TenantFeed], change: key => key with { Expires = server.Time.GetUtcNow() });

        Assert.Equal(403, await TestSocket.RefusalAsync(server.Gateway, key: reader, asBrowser: asBrowser));
        Assert.Equal(404, await TestSocket.RefusalAsync(server.Gateway, key: ben, asBrowser: asBrowser));
        Assert.Equal(401, await TestSocket.RefusalAsync(server.Gateway, key: old, asBrowser: asBrowser));
        Assert.Equal(401, await TestSocket.RefusalAsync(server.Gateway, key: "nl_admin_" + new string('a', 43), asBrowser: asBrowser));
    }

    [Fact]
    public async Task Live_NoKey_IsRefused()
    {
        await using KeyedGateway server = await KeyedGateway.StartAsync();

        Assert.Equal(401, await TestSocket.RefusalAsync(server.Gateway));
    }

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("http://127.0.0.1:1")]
    [InlineData("null")]
    public async Task Live_NoKeysPageOfAnotherSite_IsRefused(string origin)
    {
        await using TestGateway gateway = await TestGateway.WithModelAsync();

        Assert.Equal(403, await TestSocket.RefusalAsync(gateway, origin: origin));
    }

    [Fact]
    public async Task Live_NoKeysPageOfTheGateway_MayFeed()
    {
        await using TestGateway gateway = await TestGateway.WithModelAsync();

        await using TestSocket socket = await TestSocket.OpenAsync(gateway, origin: gateway.Url.GetLeftPart(UriPartial.Authority));

        await socket.UntilAppliedAsync(0);
    }
}
