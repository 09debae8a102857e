using System.Net;

namespace NestedLearning.Silo.Configuration;

/// <summary>Reads where this process listens for HTTP.</summary>
internal static class ListeningUrls
{
    private const string Accepted = "ADDRESS:PORT with an IP address of this machine, or localhost";

    /// <summary>An address and port from a URL of HTTP; port 0 takes a free one.</summary>
    public static IPEndPoint Url(this SettingsReader reader, string key, string fallback) => Read(reader, key, fallback, Uri.UriSchemeHttp);

    /// <summary>The same where there is a certificate: everything that comes is encrypted, whether the URL says so or not.</summary>
    public static IPEndPoint EncryptedUrl(this SettingsReader reader, string key, string fallback) =>
        Read(reader, key, fallback, Uri.UriSchemeHttps, Uri.UriSchemeHttp);

    private static IPEndPoint Read(SettingsReader reader, string key, string fallback, params string[] schemes)
    {
        string url = reader.Text(key, fallback, $"{schemes[0]}://{Accepted}", text => Parse(text, schemes) is not null);
        return Parse(url, schemes)!;
    }

    private static IPEndPoint? Parse(string text, string[] schemes)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? url) || !schemes.Contains(url.Scheme) || url.PathAndQuery != "/")
        {
            return null;
        }

        return url.Host == "localhost" ? new IPEndPoint(IPAddress.Loopback, url.Port)
            : IPAddress.TryParse(url.Host, out IPAddress? address) ? new IPEndPoint(address, url.Port)
            : null;
    }
}
