using NestedLearning.Gateway.Access.Tokens;
using NestedLearning.Gateway.Tls;

namespace NestedLearning.Silo.Configuration;

/// <summary>How the API proves who it is, and whose tokens it takes for keys.</summary>
internal static class ApiTrust
{
    /// <summary>The certificate of the API's port; null for none, or for one that cannot be used.</summary>
    public static ServerCertificate? ReadCertificate(SettingsReader reader, out bool isWanted)
    {
        string path = Path(reader, "Api:TlsCertificate");
        string key = Path(reader, "Api:TlsKey");
        string password = reader.Secret("Api:TlsPassword");
        isWanted = path.Length > 0;
        if (!isWanted && key.Length > 0)
        {
            reader.Refuse("Api:TlsKey", "is set, but Api:TlsCertificate is not");
        }

        try
        {
            return path.Length == 0 ? null : ServerCertificate.Load(path, key.Length > 0 ? key : null, password.Length > 0 ? password : null);
        }
        catch (ServerCertificateException error)
        {
            reader.Refuse("Api:TlsCertificate", $"cannot be used: {error.Message.TrimEnd('.')}");
            return null;
        }
    }

    /// <summary>Whose tokens; null for nobody's.</summary>
    public static TokenOptions? ReadTokens(SettingsReader reader)
    {
        TokenOptions tokens = new(reader.Text("Api:JwtAudience", "", "a name", _ => true))
        {
            Authority = reader.Text("Api:JwtAuthority", "", "an address", text => Uri.TryCreate(text, UriKind.Absolute, out _)) is { Length: > 0 } url ? new Uri(url) : null,
            Issuer = reader.Text("Api:JwtIssuer", "", "a name", _ => true) is { Length: > 0 } issuer ? issuer : null,
            KeyFile = Path(reader, "Api:JwtKeyFile") is { Length: > 0 } path ? path : null,
        };
        if (tokens == new TokenOptions(""))
        {
            return null;
        }

        foreach (string violation in tokens.Violations())
        {
            reader.Refuse("Api:JwtAudience", $"and what goes with it: {violation}");
        }

        return tokens;
    }

    private static string Path(SettingsReader reader, string key) => reader.Text(key, "", "a path", _ => true);
}
