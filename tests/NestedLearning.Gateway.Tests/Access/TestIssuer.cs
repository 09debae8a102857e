using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using NestedLearning.Gateway.Access.Tokens;

namespace NestedLearning.Gateway.Tests.Access;

/// <summary>Somebody who issues tokens, and the file of the key to check them with.</summary>
internal sealed class TestIssuer : IDisposable
{
    public const string Name = "https://issuer.example";
    public const string Audience = "nested-learning";

    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;
    private readonly RSA _key = RSA.Create(2048);

    public TestIssuer() => File.WriteAllText(KeyFile, _key.ExportSubjectPublicKeyInfoPem());

    public string KeyFile => Path.Combine(_folder, "issuer.pem");

    public TokenOptions Options => new(Audience) { Issuer = Name, KeyFile = KeyFile };

    public RsaSecurityKey SigningKey => new(_key);

    /// <summary>A token as a change of a good one.</summary>
    public string Issue(DateTimeOffset now, string scope, object? tenants, Action<SecurityTokenDescriptor>? change = null)
    {
        SecurityTokenDescriptor token = new()
        {
            Issuer = Name,
            Audience = Audience,
            IssuedAt = now.UtcDateTime,
            NotBefore = now.UtcDateTime,
            Expires = now.UtcDateTime.AddHours(1),
            Claims = new Dictionary<string, object> { ["sub"] = "somebody@example.org", ["scope"] = scope },
            SigningCredentials = new SigningCredentials(SigningKey, SecurityAlgorithms.RsaSha256),
        };
        if (tenants is not null)
        {
            token.Claims["tenants"] = tenants;
        }

        change?.Invoke(token);
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(token);
    }

    public void Dispose()
    {
        _key.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
