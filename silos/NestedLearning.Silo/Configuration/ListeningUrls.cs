using System.Net;

namespace NestedLearning.Silo.Configuration;

/// <summary>Reads where this process listens for HTTP.</summary>
internal static class ListeningUrls
{
    /// <summary>An address and port from a URL; port 0 takes a free one.</summary>
    public static IPEndPoint Url(this SettingsReader reader, string key, string fallback)
    {
        string url = reader.Text(key, fallback, "http://ADDRESS:PORT with an IP address of this machine, or localhost", text => Parse(text) is not null);
        return Parse(url)!;
    }

    private static IPEndPoint? Parse(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? url) || url.Scheme != Uri.UriSchemeHttp || url.PathAndQuery != "/")
        {
            return null;
        }

        return url.Host == "localhost" ? new IPEndPoint(IPAddress.Loopback, url.Port)
            : IPAddress.TryParse(url.Host, out IPAddress? address) ? new IPEndPoint(address, url.Port)
            : null;
    }
}
