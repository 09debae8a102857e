using System.Diagnostics;
using System.Net.Sockets;
using System.Text;

namespace NestedLearning.Benchmarks.Gateway;

/// <summary>What feeds over WebSockets cost a server while nothing comes, and that each still answers afterwards.</summary>
internal static class IdleFeeds
{
    private const int Feeds = 10_000;

    public static async Task RunAsync()
    {
        using ServerProcess server = await ServerProcess.StartAsync();
        List<TcpClient> feeds = [await OpenAsync(server.Url, 0)];
        (double heap, double all) before = await server.MemoryAsync();
        long opened = Stopwatch.GetTimestamp();
        while (feeds.Count < Feeds)
        {
            feeds.Add(await OpenAsync(server.Url, feeds.Count));
        }

        TimeSpan opening = Stopwatch.GetElapsedTime(opened);
        (double heap, double all) after = await server.MemoryAsync();
        long asked = Stopwatch.GetTimestamp();
        foreach (TcpClient feed in feeds)
        {
            await SendEventAsync(feed);
        }

        Console.WriteLine($"{Feeds:N0} idle feeds: {(after.heap - before.heap) / Feeds / 1024:0.0} KiB of managed memory and {(after.all - before.all) / Feeds / 1024:0.0} KiB of the process for each; opened in {opening.TotalSeconds:0.0} s; an event on each answered in {Stopwatch.GetElapsedTime(asked).TotalSeconds:0.0} s");
        feeds.ForEach(feed => feed.Dispose());
    }

    /// <summary>Opens a WebSocket by hand: a client object for each would be most of what this process measures.</summary>
    private static async Task<TcpClient> OpenAsync(Uri url, int number)
    {
        TcpClient feed = new();
        await feed.ConnectAsync(url.Host, url.Port);
        string request = $"GET /api/v1/models/load/tenants/idle/live?source=s{number} HTTP/1.1\r\nHost: {url.Authority}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
        await feed.GetStream().WriteAsync(Encoding.ASCII.GetBytes(request));
        await ReadUntilAsync(feed, "appliedThrough\":0,");
        return feed;
    }

    private static async Task SendEventAsync(TcpClient feed)
    {
        byte[] line = Encoding.ASCII.GetBytes("{\"sequence\":1,\"text\":\"topic\",\"label\":\"x\"}");
        byte[] frame = [0x81, (byte)(0x80 | line.Length), 0, 0, 0, 0, .. line]; // Text, final, masked with zeros.
        await feed.GetStream().WriteAsync(frame);
        await ReadUntilAsync(feed, "appliedThrough\":1,");
    }

    private static async Task ReadUntilAsync(TcpClient feed, string text)
    {
        byte[] buffer = new byte[2048];
        StringBuilder answer = new();
        while (!answer.ToString().Contains(text, StringComparison.Ordinal))
        {
            int read = await feed.GetStream().ReadAsync(buffer);
            answer.Append(read > 0 ? Encoding.UTF8.GetString(buffer, 0, read) : throw new EndOfStreamException(answer.ToString()));
        }
    }
}
