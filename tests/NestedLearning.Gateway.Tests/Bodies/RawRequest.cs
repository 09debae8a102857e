using System.Net.Sockets;
using System.Text;

namespace NestedLearning.Gateway.Tests.Bodies;

/// <summary>A request byte by byte, as no client would make it.</summary>
internal static class RawRequest
{
    /// <summary>Sends a request, and reads all that comes until the server closes the connection, however it does.</summary>
    public static async Task<string> SendAsync(TestGateway gateway, string request)
    {
        using TcpClient client = await OpenAsync(gateway, request);
        MemoryStream answer = new();
        try
        {
            await client.GetStream().CopyToAsync(answer);
        }
        catch (IOException)
        {
            // It was closed before the server had read everything; what came before counts.
        }

        return Encoding.UTF8.GetString(answer.ToArray());
    }

    /// <summary>Sends a request, and leaves without waiting for an answer.</summary>
    public static async Task SendAndLeaveAsync(TestGateway gateway, string request) => (await OpenAsync(gateway, request)).Dispose();

    private static async Task<TcpClient> OpenAsync(TestGateway gateway, string request)
    {
        TcpClient client = new();
        await client.ConnectAsync(gateway.Url.Host, gateway.Url.Port);
        await client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(request));
        return client;
    }
}
