using System.Net;
using System.Net.Sockets;
using Microsoft.IdentityModel.Tokens;

namespace NestedLearning.Gateway.Tests.Access;

/// <summary>Tokens of an OpenID Connect issuer that says itself, over HTTP, which keys it signs with.</summary>
public sealed class AuthorityTests : IAsyncLifetime
{
    /// <summary>Tokens by unknown keys have the issuer asked so often.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly SecurityKey _key = TestAuthority.RsaKey("first");
    private TestAuthority _authority = null!;
    private KeyedGateway? _server;

    private KeyedGateway Server => _server!;

    public async Task InitializeAsync()
    {
        _authority = await TestAuthority.StartAsync();
        _authority.Publish(_key);
    }

    public async Task DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        await _authority.DisposeAsync();
    }

    [Fact]
    public async Task Token_ByAKeyOfTheIssuer_IsAKeyAndAsksOnce()
    {
        await StartAsync();

        Assert.Equal(0, _authority.Asked);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(Issue(_key)));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(Issue(_key)));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(Issue(_key), TestGateway.Model + "/tenants/ben"));
        Assert.Equal(1, _authority.Asked);
    }

    [Fact]
    public async Task Token_ByAKeyOfAnEllipticCurve_IsAKey()
    {
        SecurityKey curve = TestAuthority.EcdsaKey("curve");
        _authority.Publish(curve);
        await StartAsync();

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(Issue(curve)));
    }

    [Fact]
    public async Task Token_ByAKeyThatAppearsLater_IsAKeyAtOnce()
    {
        SecurityKey next = TestAuthority.RsaKey("next");
        await StartAsync();
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(Issue(_key)));

        _authority.Publish(next);

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(Issue(next)));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(Issue(_key)));
        Assert.Equal(2, _authority.Asked);
    }

    [Fact]
    public async Task Token_ByAKeyThatIsTakenBack_IsNoKeyOnceTheNextIsKnown()
    {
        SecurityKey next = TestAuthority.RsaKey("next");
        await StartAsync();
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(Issue(_key)));

        _authority.Publish(next);
        _authority.Withdraw(_key);

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(Issue(next)));
        await AssertNoKeyAsync(Issue(_key));
    }

    [Fact]
    public async Task Token_ByKeysThatTheIssuerDoesNotName_AsksOnceAMinute()
    {
        await StartAsync();
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(Issue(_key)));

        SecurityKey next = TestAuthority.RsaKey("next");
        await AssertNoKeyAsync(Issue(TestAuthority.RsaKey("unknown")));
        _authority.Publish(next);
        await AssertNoKeyAsync(Issue(next));

        Assert.Equal(2, _authority.Asked);
        Server.Time.Advance(Pause);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(Issue(next)));
        Assert.Equal(3, _authority.Asked);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(Issue(_key)));
    }

    [Fact]
    public async Task Token_ByAKnownKey_AsksAgainAfterTwelveHours()
    {
        await StartAsync();
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(Issue(_key)));
        _authority.Publish(TestAuthority.RsaKey("next"));
        _authority.Withdraw(_key);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(Issue(_key)));

        Server.Time.Advance(TimeSpan.FromHours(12));

        await AssertNoKeyAsync(Issue(_key));
    }

    public static TheoryData<string, Action<SecurityTokenDescriptor>> Wrong => new()
    {
        { "audience", token => token.Audience = "another" },
        { "issuer", token => token.Issuer = "https://evil.example" },
        { "not yet", token => token.NotBefore = token.NotBefore!.Value.AddMinutes(30) },
        { "no end", token => token.Expires = null },
        { "no signature", token => token.SigningCredentials = null },
        { "another key of the same name", token => token.SigningCredentials = new SigningCredentials(TestAuthority.RsaKey("first"), SecurityAlgorithms.RsaSha256) },
        { "a secret of the same name", token => token.SigningCredentials = new SigningCredentials(new SymmetricSecurityKey(new byte[64]) { KeyId = "first" }, SecurityAlgorithms.HmacSha256) },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task Token_Wrong_IsNoKey(string what, Action<SecurityTokenDescriptor> change)
    {
        await StartAsync();

        HttpStatusCode status = await StatusAsync(Issue(_key, change));

        Assert.True(status == HttpStatusCode.Unauthorized, what);
    }

    [Fact]
    public async Task Token_PastItsEnd_HasExpired()
    {
        await StartAsync();
        string token = Issue(_key);

        Server.Time.Advance(TimeSpan.FromMinutes(61) + TimeSpan.FromSeconds(1));

        await ProblemAssert.IsAsync(401, "key-expired", await SendAsync(token));
    }

    [Fact]
    public async Task Token_IssuerIsNamed_TheAuthoritysOwnNameIsNotTaken()
    {
        await StartAsync(options => options.Tokens = _authority.Options with { Issuer = TestIssuer.Name });

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(Issue(_key, token => token.Issuer = TestIssuer.Name)));
        await AssertNoKeyAsync(Issue(_key));
    }

    [Fact]
    public async Task Token_AuthorityIsAway_TheServerSaysSoAndTakesItsOwnKeysUntilItIsBack()
    {
        int port = FreePort();
        Uri url = new($"http://127.0.0.1:{port}");
        await StartAsync(options => options.Tokens = _authority.Options with { Authority = url, Issuer = TestIssuer.Name });
        string token = Issue(_key, token => token.Issuer = TestIssuer.Name);

        HttpResponseMessage refused = await SendAsync(token);
        Assert.Equal(TimeSpan.FromSeconds(1), refused.Headers.RetryAfter!.Delta);
        await ProblemAssert.IsAsync(503, "issuer-unreachable", refused);
        await AssertNoKeyAsync("no token at all");
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(Server.Admin));

        await using TestAuthority late = await TestAuthority.StartAsync(port);
        late.Publish(_key);
        await ProblemAssert.IsAsync(503, "issuer-unreachable", await SendAsync(token));
        Server.Time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(token));
    }

    [Fact]
    public async Task Token_AuthorityGoes_KeysThatItNamedStayValid()
    {
        await StartAsync();
        string token = Issue(_key);
        string unknown = Issue(TestAuthority.RsaKey("next"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(token));

        await _authority.DisposeAsync();

        await AssertNoKeyAsync(unknown);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(token));
    }

    [Fact]
    public async Task Token_AuthorityNamesNoKeys_IsAsIfItWereAway()
    {
        _authority.Withdraw(_key);
        await StartAsync();

        await ProblemAssert.IsAsync(503, "issuer-unreachable", await SendAsync(Issue(_key)));
    }

    [Fact]
    public async Task SignIn_AuthorityIsAway_SaysSo()
    {
        await StartAsync(options => options.Tokens = _authority.Options with { Authority = new Uri($"http://127.0.0.1:{FreePort()}") });
        using FormUrlEncodedContent form = new(new Dictionary<string, string> { ["key"] = Issue(_key) });

        HttpResponseMessage answer = await Server.Gateway.Http.PostAsync("/dashboard/sign-in", form);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains("The issuer of tokens does not say now", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task StartAsync(Action<GatewayOptions>? configure = null) =>
        _server = await KeyedGateway.StartAsync(configure ?? (options => options.Tokens = _authority.Options));

    private string Issue(SecurityKey key, Action<SecurityTokenDescriptor>? change = null) =>
        _authority.Issue(key, Server.Time.GetUtcNow(), change);

    private Task<HttpResponseMessage> SendAsync(string token, string path = TestGateway.Ann) => Server.Gateway.SendAsync("GET", path, key: token);

    private async Task<HttpStatusCode> StatusAsync(string token, string path = TestGateway.Ann) => (await SendAsync(token, path)).StatusCode;

    private async Task AssertNoKeyAsync(string token) => await ProblemAssert.IsAsync(401, "no-key", await SendAsync(token));
}
