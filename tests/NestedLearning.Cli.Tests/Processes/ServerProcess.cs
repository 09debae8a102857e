using System.Net;
using System.Net.Sockets;
using NestedLearning.Cli.Tests.Data;
using NestedLearning.Client;
using NestedLearning.Gateway.Access;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Cli.Tests.Processes;

/// <summary><c>nl serve</c> as a process that can be killed and started again, on one port and one directory.</summary>
internal sealed class ServerProcess : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly int _port = FreePort();
    private NlProcess? _process;
    private IReadOnlyDictionary<string, string>? _environment;

    private ServerProcess()
    {
        (ApiKey key, KeyToken token) = ApiKey.CreateAdmin(new KeyId("test"));
        Key = token.Reveal();
        Directory.CreateDirectory(State);
        KeyFile.Write(Path.Combine(State, "keys.json"), [key]);
    }

    /// <summary>A key of the directory: it outlives the process.</summary>
    public string Key { get; }

    public Uri Url => new($"http://127.0.0.1:{_port}");

    private string State => Path.Combine(_folder.Path, "state");

    /// <summary>Starts one with a small model: a fold of a large one takes longer than all else here.</summary>
    public static async Task<ServerProcess> StartAsync(string model, IReadOnlyDictionary<string, string>? environment = null)
    {
        ServerProcess server = new() { _environment = environment };
        await server.StartAgainAsync();
        await using HttpLearningCluster client = server.Connect(new HttpClusterOptions());
        await client.CreateModelAsync(new ModelId(model), new ClassifierSpec { Features = 64, Period = 25 }, new RoundPolicy(), default);
        return server;
    }

    /// <summary>A port that nothing listens on.</summary>
    public static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>A client of it, with its key.</summary>
    public HttpLearningCluster Connect(HttpClusterOptions options) => HttpLearningCluster.Connect(Url, options with { Key = Key });

    /// <summary>kill -9, and a start on what is left.</summary>
    public async Task KillAndRestartAsync()
    {
        Assert.True(await _process!.KillAsync(logs: true));
        _process.Dispose();
        await StartAgainAsync();
    }

    public void Dispose()
    {
        _process?.Dispose();
        _folder.Dispose();
    }

    private async Task StartAgainAsync()
    {
        _process = NlProcess.StartOpen(["serve", "--data-dir", State, "--port", $"{_port}"], _environment);
        Assert.True(await _process.HasWrittenAsync(lines: 1), "nl serve ended at once.");
    }
}
