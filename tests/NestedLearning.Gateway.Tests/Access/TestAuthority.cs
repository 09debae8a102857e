using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using NestedLearning.Gateway.Access.Tokens;

namespace NestedLearning.Gateway.Tests.Access;

/// <summary>An OpenID Connect issuer on this machine: its discovery document, its keys, and tokens by any key, named or not.</summary>
internal sealed class TestAuthority : IAsyncDisposable
{
    private const string KeysPath = "/keys";

    private readonly ConcurrentDictionary<string, SecurityKey> _published = [];
    private readonly WebApplication _application;
    private int _asked;

    private TestAuthority(int port)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        _application = builder.Build();
        _application.MapGet("/.well-known/openid-configuration", (RequestDelegate)(context =>
        {
            Interlocked.Increment(ref _asked);
            return context.Response.WriteAsJsonAsync(new { issuer = Issuer ?? Url.ToString(), jwks_uri = new Uri(Url, KeysPath) });
        }));
        _application.MapGet(KeysPath, (RequestDelegate)(context => context.Response.WriteAsJsonAsync(new { keys = _published.Values.Select(Describe) })));
    }

    /// <summary>What it calls itself; null for its address.</summary>
    public string? Issuer { get; set; }

    /// <summary>How often it was asked who it is.</summary>
    public int Asked => Volatile.Read(ref _asked);

    public Uri Url => new(_application.Urls.Single());

    /// <summary>What a gateway has to know of it.</summary>
    public TokenOptions Options => new(TestIssuer.Audience) { Authority = Url };

    /// <param name="port">Where; 0 for a free one.</param>
    public static async Task<TestAuthority> StartAsync(int port = 0)
    {
        TestAuthority authority = new(port);
        await authority._application.StartAsync();
        return authority;
    }

    /// <summary>A key that nobody knows yet.</summary>
    public static SecurityKey RsaKey(string name) => new RsaSecurityKey(RSA.Create(2048)) { KeyId = name };

    /// <summary>The same of an elliptic curve.</summary>
    public static SecurityKey EcdsaKey(string name) => new ECDsaSecurityKey(ECDsa.Create(ECCurve.NamedCurves.nistP256)) { KeyId = name };

    public void Publish(SecurityKey key) => _published[key.KeyId] = key;

    public void Withdraw(SecurityKey key) => _published.TryRemove(key.KeyId, out _);

    /// <summary>A token of this issuer as a change of a good one.</summary>
    public string Issue(SecurityKey key, DateTimeOffset now, Action<SecurityTokenDescriptor>? change = null)
    {
        SecurityTokenDescriptor token = new()
        {
            Issuer = Issuer ?? Url.ToString(),
            Audience = TestIssuer.Audience,
            IssuedAt = now.UtcDateTime,
            NotBefore = now.UtcDateTime,
            Expires = now.UtcDateTime.AddHours(1),
            Claims = new Dictionary<string, object> { ["sub"] = "somebody", ["scope"] = "tenant-read", ["tenants"] = "ann" },
            SigningCredentials = new SigningCredentials(key, key is ECDsaSecurityKey ? SecurityAlgorithms.EcdsaSha256 : SecurityAlgorithms.RsaSha256),
        };
        change?.Invoke(token);
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(token);
    }

    public async ValueTask DisposeAsync() => await _application.DisposeAsync();

    /// <summary>The public part alone, as RFC 7517 writes it.</summary>
    private static object Describe(SecurityKey key) => key switch
    {
        RsaSecurityKey rsa when rsa.Rsa.ExportParameters(false) is var part => new
        {
            kty = "RSA",
            use = "sig",
            kid = rsa.KeyId,
            n = Base64UrlEncoder.Encode(part.Modulus),
            e = Base64UrlEncoder.Encode(part.Exponent),
        },
        ECDsaSecurityKey ecdsa when ecdsa.ECDsa.ExportParameters(false) is var part => new
        {
            kty = "EC",
            use = "sig",
            kid = ecdsa.KeyId,
            crv = "P-256",
            x = Base64UrlEncoder.Encode(part.Q.X),
            y = Base64UrlEncoder.Encode(part.Q.Y),
        },
        _ => throw new ArgumentException($"A key of {key.GetType().Name}.", nameof(key)),
    };
}
