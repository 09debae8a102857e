using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;
using NestedLearning.Gateway.Access.Tokens;
using NestedLearning.Gateway.Tests.Feeding;

namespace NestedLearning.Gateway.Tests.Access;

/// <summary>Tokens of another issuer: as good as keys where they are right, and nothing where anything about them is not.</summary>
public sealed class TokenTests : IAsyncLifetime
{
    private readonly TestIssuer _issuer = new();
    private KeyedGateway _server = null!;

    public async Task InitializeAsync() => _server = await KeyedGateway.StartAsync(options => options.Tokens = _issuer.Options);

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        _issuer.Dispose();
    }

    [Fact]
    public async Task Token_WithScopeAndTenant_MayDoThatAlone()
    {
        string token = Issue("tenant-read openid", "ann");

        Assert.Equal(HttpStatusCode.OK, await StatusAsync("GET", TestGateway.Ann, token));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync("GET", TestGateway.Model + "/tenants/ben", token));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync("GET", TestGateway.Model + "/levels", token));
    }

    [Fact]
    public async Task Token_WithSeveralTenants_KnowsEach()
    {
        string token = Issue("tenant-read", new[] { "ben", "ann" });

        Assert.Equal(HttpStatusCode.OK, await StatusAsync("GET", TestGateway.Ann, token));
    }

    [Theory]
    [InlineData(null, HttpStatusCode.NotFound)]
    [InlineData("*", HttpStatusCode.OK)]
    [InlineData("ANN", HttpStatusCode.Unauthorized)]
    public async Task Token_TenantsThatAreNotNamed_AreKnownByAStarOnly(string? tenants, HttpStatusCode status) =>
        Assert.Equal(status, await StatusAsync("GET", TestGateway.Ann, Issue("tenant-read", tenants)));

    [Fact]
    public async Task Token_OverAWebSocket_MayFeed()
    {
        await using TestSocket socket = await TestSocket.OpenAsync(_server.Gateway, key: Issue("tenant-feed", "ann"), asBrowser: true);

        await socket.UntilAppliedAsync(0);
    }

    [Fact]
    public async Task Token_PastItsEnd_HasExpired()
    {
        string token = Issue("tenant-read", "ann");
        _server.Time.Advance(TimeSpan.FromMinutes(61));

        await ProblemAssert.IsAsync(401, "key-expired", await _server.Gateway.SendAsync("GET", TestGateway.Ann, key: token));
    }

    public static TheoryData<string, Action<SecurityTokenDescriptor>> Wrong => new()
    {
        { "audience", token => token.Audience = "another" },
        { "issuer", token => token.Issuer = "https://evil.example" },
        { "not yet", token => token.NotBefore = token.NotBefore!.Value.AddMinutes(30) },
        { "no end", token => token.Expires = null },
        { "no signature", token => token.SigningCredentials = null },
        { "another key", token => token.SigningCredentials = new SigningCredentials(new RsaSecurityKey(RSA.Create(2048)), SecurityAlgorithms.RsaSha256) },
        { "a secret", token => token.SigningCredentials = new SigningCredentials(new SymmetricSecurityKey(new byte[64]), SecurityAlgorithms.HmacSha256) },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task Token_Wrong_IsNoKey(string what, Action<SecurityTokenDescriptor> change)
    {
        string token = _issuer.Issue(_server.Time.GetUtcNow(), "tenant-read", "ann", change);

        HttpResponseMessage response = await _server.Gateway.SendAsync("GET", TestGateway.Ann, key: token);

        Assert.True(response.StatusCode == HttpStatusCode.Unauthorized, what);
    }

    [Fact]
    public async Task Token_SignedWithThePublicKeyAsASecret_IsNoKey()
    {
        byte[] pem = Encoding.UTF8.GetBytes(File.ReadAllText(_issuer.KeyFile));
        string token = _issuer.Issue(_server.Time.GetUtcNow(), "tenant-read", "ann", forged =>
            forged.SigningCredentials = new SigningCredentials(new SymmetricSecurityKey(pem), SecurityAlgorithms.HmacSha256));

        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync("GET", TestGateway.Ann, token));
    }

    [Fact]
    public async Task StartAsync_OptionsThatDoNotGoTogether_ListsAll()
    {
        OptionsValidationException error = await Assert.ThrowsAsync<OptionsValidationException>(() => TestGateway.StartAsync(
            configure: options => options.Tokens = new TokenOptions("") { KeyFile = "x", Authority = new Uri("http://issuer.example") }));

        Assert.Equal(4, error.Failures.Count());
    }

    [Fact]
    public async Task StartAsync_PrivateKey_IsRefused()
    {
        using RSA key = RSA.Create(2048);
        File.WriteAllText(_issuer.KeyFile, key.ExportPkcs8PrivateKeyPem());

        await Assert.ThrowsAsync<TokenKeyException>(() => TestGateway.StartAsync(configure: options => options.Tokens = _issuer.Options));
    }

    private string Issue(string scope, object? tenants) => _issuer.Issue(_server.Time.GetUtcNow(), scope, tenants);

    private async Task<HttpStatusCode> StatusAsync(string method, string path, string token) =>
        (await _server.Gateway.SendAsync(method, path, key: token)).StatusCode;
}
