using System.Net.Sockets;
using System.Text;

namespace NestedLearning.Gateway.Tests;

/// <summary>Both directions of a stream at once, as a program with a socket sees it.</summary>
public sealed class StreamingTests : IAsyncLifetime
{
    private TestGateway _gateway = null!;
    private TcpClient _client = null!;
    private StreamReader _answer = null!;

    public async Task InitializeAsync()
    {
        _gateway = await TestGateway.WithModelAsync();
        _client = new TcpClient();
        await _client.ConnectAsync(_gateway.Url.Host, _gateway.Url.Port);
        _answer = new StreamReader(_client.GetStream());
        await SendAsync($"POST {TestGateway.Events} HTTP/1.1\r\nHost: {_gateway.Url.Authority}\r\nContent-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n");
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _gateway.DisposeAsync();
    }

    [Fact]
    public async Task Events_BodyStillOpen_AreAnsweredAsTheyCome()
    {
        for (int i = 1; i <= 3; i++)
        {
            await SendChunkAsync(TestGateway.Line(i) + "\n");

            Assert.Contains($"\"appliedThrough\":{i},", await NextAsync("appliedThrough"), StringComparison.Ordinal);
        }

        Assert.Equal(3, await _gateway.LearnedAsync());
    }

    [Fact]
    public async Task Events_HalfALine_WaitsForTheRest()
    {
        string line = TestGateway.Line(1) + "\n";
        await SendChunkAsync(line[..10]);
        await SendChunkAsync(line[10..]);

        Assert.Contains("\"learned\":1", await NextAsync("appliedThrough"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Events_ConnectionBroken_KeepsWhatWasLearned()
    {
        await SendChunkAsync(TestGateway.Line(1) + "\n" + TestGateway.Line(2)[..5]);
        await NextAsync("appliedThrough");
        _client.Close();

        Assert.Equal(1, await _gateway.LearnedAsync());
    }

    [Fact]
    public async Task Events_ServerStops_SaysSoInsteadOfWaitingForMore()
    {
        await SendChunkAsync(TestGateway.Line(1) + "\n");
        await NextAsync("appliedThrough");

        Task stop = _gateway.DisposeAsync().AsTask();

        Assert.Contains("\"status\":503", await NextAsync("status\""), StringComparison.Ordinal);
        _client.Close();
        await stop;
        _gateway = await TestGateway.StartAsync();
    }

    private Task SendChunkAsync(string text) => SendAsync($"{text.Length:x}\r\n{text}\r\n");

    private async Task SendAsync(string text) => await _client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(text));

    /// <summary>The next line of the answer that holds a word; headers and chunk sizes are passed over.</summary>
    private async Task<string> NextAsync(string word)
    {
        while (await _answer.ReadLineAsync() is { } line)
        {
            if (line.Contains(word, StringComparison.Ordinal))
            {
                return line;
            }
        }

        throw new EndOfStreamException($"The answer ended without '{word}'.");
    }
}
