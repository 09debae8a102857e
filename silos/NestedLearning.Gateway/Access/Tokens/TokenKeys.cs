using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
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
    private readonly IssuerKeys? _issuer;
    private readonly TimeProvider _time;

    /// <exception cref="TokenKeyException">The key file cannot be read.</exception>
    public TokenKeys(IOptions<GatewayOptions> options, ILogger<TokenKeys> log)
    {
        _time = options.Value.Time;
        if (options.Value.Tokens is { } tokens)
        {
            _rules = RulesOf(tokens);
            _issuer = tokens.Authority is { } authority ? new IssuerKeys(authority, _time, log) : null;
        }
    }

    /// <summary>The key that a token stands for; null where it is none.</summary>
    /// <exception cref="IssuerUnreachableException">Nobody says which keys are those of the issuer.</exception>
    public async ValueTask<ApiKey?> FindAsync(string text)
    {
        if (_rules is null || text.Length > LongestToken || !_handler.CanReadToken(text))
        {
            return null;
        }

        TokenValidationResult result = await ValidateAsync(text, _rules);
        return result is { IsValid: true, SecurityToken: JsonWebToken token } ? KeyOf(token) : null;
    }

    /// <summary>A signature that no known key has made may be by a newer one.</summary>
    private async ValueTask<TokenValidationResult> ValidateAsync(string text, TokenValidationParameters rules)
    {
        if (_issuer is null)
        {
            return await _handler.ValidateTokenAsync(text, rules);
        }

        OpenIdConnectConfiguration known = await _issuer.GetAsync();
        TokenValidationResult result = await _handler.ValidateTokenAsync(text, For(known));
        if (result.Exception is not SecurityTokenInvalidSignatureException)
        {
            return result;
        }

        OpenIdConnectConfiguration now = await _issuer.GetAfterAsync(known);
        return now == known ? result : await _handler.ValidateTokenAsync(text, For(now));

        TokenValidationParameters For(OpenIdConnectConfiguration issuer)
        {
            TokenValidationParameters its = rules.Clone();
            its.ValidIssuer ??= issuer.Issuer;
            its.IssuerSigningKeys = issuer.SigningKeys;
            return its;
        }
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

    /// <summary>Signatures by public keys alone. When a token ends is the guard's to say, who has the clock.</summary>
    private TokenValidationParameters RulesOf(TokenOptions tokens) => new()
    {
        ValidAudience = tokens.Audience,
        ValidIssuer = tokens.Issuer,
        IssuerSigningKey = tokens.KeyFile is { } path ? PublicKey.Read(path) : null,
        ValidAlgorithms = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"],
        RequireExpirationTime = true,
        RequireSignedTokens = true,
        LifetimeValidator = (notBefore, expires, _, _) =>
            expires is not null && (notBefore is null || notBefore <= _time.GetUtcNow().UtcDateTime + ClockSkew),
    };
}
