using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using NestedLearning.Models;

namespace NestedLearning.Gateway.Access.Tokens;

/// <summary>
/// Tokens as keys: <c>scope</c> or <c>scp</c> names the scopes, <c>tenants</c> the tenants, with <c>*</c> for all, and
/// <c>exp</c> the end. A token without tenants knows none.
/// </summary>
internal sealed class TokenKeys
{
    private const int LongestToken = 16 * 1024;
    private const string AllTenants = "*";

    /// <summary>Clocks of issuers differ a little from that of this machine.</summary>
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(1);

    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false, MaximumTokenSizeInBytes = LongestToken };
    private readonly TokenValidationParameters? _rules;
    private readonly TimeProvider _time;

    /// <exception cref="TokenKeyException">The key file cannot be read.</exception>
    public TokenKeys(IOptions<GatewayOptions> options)
    {
        _time = options.Value.Time;
        _rules = options.Value.Tokens is { } tokens ? RulesOf(tokens) : null;
    }

    /// <summary>The key that a token stands for; null where it is none.</summary>
    public async ValueTask<ApiKey?> FindAsync(string text)
    {
        if (_rules is null || text.Length > LongestToken)
        {
            return null;
        }

        TokenValidationResult result = await _handler.ValidateTokenAsync(text, _rules);
        return result is { IsValid: true, SecurityToken: JsonWebToken token } ? KeyOf(token) : null;
    }

    /// <summary>A name for logs and limits that no two subjects share, and that says nothing of who it is.</summary>
    private static KeyId NameOf(JsonWebToken token)
    {
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{token.Issuer}\n{token.Subject}"));
        return new KeyId("token-" + Convert.ToHexStringLower(hash.AsSpan(0, 16)));
    }

    private static ApiKey? KeyOf(JsonWebToken token)
    {
        HashSet<ApiScope> scopes = [.. Words(token, "scope", "scp").Select(ApiScopes.Parse).OfType<ApiScope>()];
        string[] tenants = [.. Words(token, "tenants")];
        try
        {
            return new ApiKey(NameOf(token), scopes, ReadOnlyMemory<byte>.Empty)
            {
                Tenants = tenants.Contains(AllTenants) ? null : tenants.Select(tenant => new TenantId(tenant)).ToHashSet(),
                Expires = new DateTimeOffset(token.ValidTo, TimeSpan.Zero) + ClockSkew,
            };
        }
        catch (InvalidIdException)
        {
            return null; // It names a tenant as none is called.
        }
    }

    /// <summary>Claims come as one text with spaces, or as several.</summary>
    private static IEnumerable<string> Words(JsonWebToken token, params string[] claims) => token.Claims
        .Where(claim => claims.Contains(claim.Type))
        .SelectMany(claim => claim.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    private static ConfigurationManager<OpenIdConnectConfiguration> KeysOf(Uri authority) => new(
        authority.ToString().TrimEnd('/') + "/.well-known/openid-configuration",
        new OpenIdConnectConfigurationRetriever(),
        new HttpDocumentRetriever { RequireHttps = !authority.IsLoopback });

    /// <summary>Signatures by public keys alone. When a token ends is the guard's to say, who has the clock.</summary>
    private TokenValidationParameters RulesOf(TokenOptions tokens) => new()
    {
        ValidAudience = tokens.Audience,
        ValidIssuer = tokens.Issuer,
        IssuerSigningKey = tokens.KeyFile is { } path ? PublicKey.Read(path) : null,
        ConfigurationManager = tokens.Authority is { } authority ? KeysOf(authority) : null,
        ValidAlgorithms = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"],
        RequireExpirationTime = true,
        RequireSignedTokens = true,
        LifetimeValidator = (notBefore, expires, _, _) =>
            expires is not null && (notBefore is null || notBefore <= _time.GetUtcNow().UtcDateTime + ClockSkew),
    };
}
