using System.Net.Sockets;
using System.Text;
using NestedLearning.Client;

namespace NestedLearning.Silo.Tests.Processes;

public sealed class StopTests
{
    [Fact]
    public async Task Terminate_NothingOpen_ExitsWith0()
    {
        using SiloProcess silo = await SiloProcess.ServeAsync();

        await silo.TerminateAsync();

        Assert.Equal(0, (await silo.EndAsync()).ExitCode);
    }

    [Fact]
    public async Task Terminate_StreamKeptOpen_IsToldWhyAndCutOff()
    {
        using SiloProcess silo = await SiloProcess.ServeAsync(("Lifetime:StopRequests", "00:00:01"));
        await using HttpLearningCluster cluster = await Learner.ConnectAsync(silo.Url);
        using TcpClient sender = new();
        await sender.ConnectAsync(silo.Url.Host, silo.Url.Port);
        using StreamReader answer = new(sender.GetStream());
        const string Line = """{"sequence":1,"text":"a b","label":"x"}""" + "\n";
        await sender.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            $"POST /api/v1/models/{Learner.Model}/tenants/ann/events?source=test HTTP/1.1\r\nHost: {silo.Url.Authority}\r\n"
            + $"Content-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n{Line.Length:x}\r\n{Line}\r\n"));
        await NextAsync(answer, "appliedThrough");

        await silo.TerminateAsync();

        Assert.Contains(":stopping\"", await NextAsync(answer, "\"status\":503"), StringComparison.Ordinal);
        Assert.Equal(0, (await silo.EndAsync()).ExitCode);
    }

    [Fact]
    public async Task Terminate_Twice_DoesNotWaitForWhoeverKeepsAStreamOpen()
    {
        using SiloProcess silo = await SiloProcess.ServeAsync(("Lifetime:StopRequests", "00:10:00"));
        await using HttpLearningCluster cluster = await Learner.ConnectAsync(silo.Url);
        using TcpClient sender = new();
        await sender.ConnectAsync(silo.Url.Host, silo.Url.Port);
        using StreamReader answer = new(sender.GetStream());
        await sender.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            $"POST /api/v1/models/{Learner.Model}/tenants/ann/events?source=test HTTP/1.1\r\nHost: {silo.Url.Authority}\r\n"
            + "Content-Type: application/x-ndjson\r\nContent-Length: 1000\r\n\r\n"));

        await silo.TerminateAsync();
        await NextAsync(answer, "\"status\":503");
        await silo.TerminateAsync();

        Assert.Equal(1, (await silo.EndAsync()).ExitCode);
    }

    /// <summary>The next line of the answer that holds a word; headers and chunk sizes are passed over.</summary>
    private static async Task<string> NextAsync(StreamReader answer, string word)
    {
        while (await answer.ReadLineAsync() is { } line)
        {
            if (line.Contains(word, StringComparison.Ordinal))
            {
                return line;
            }
        }

        throw new EndOfStreamException($"The answer ended without '{word}'.");
    }
}
