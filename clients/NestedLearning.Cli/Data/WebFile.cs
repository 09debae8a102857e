using NestedLearning.Models;

namespace NestedLearning.Cli.Data;

/// <summary>Data that an HTTP server gives, read as it comes.</summary>
internal static class WebFile
{
    private static readonly HttpClient Client = new() { Timeout = TimeSpan.FromSeconds(30) };

    /// <exception cref="DataException">The server cannot be reached, or does not give it.</exception>
    public static Stream Open(Uri address)
    {
        try
        {
            using HttpRequestMessage request = new(HttpMethod.Get, address);
            HttpResponseMessage response = Client.Send(request, HttpCompletionOption.ResponseHeadersRead);
            return response.EnsureSuccessStatusCode().Content.ReadAsStream();
        }
        catch (Exception error) when (error is HttpRequestException or TaskCanceledException)
        {
            throw new DataException(address.GetLeftPart(UriPartial.Path), null, $"cannot be read: {error.Message}", error);
        }
    }
}
