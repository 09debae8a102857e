using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace NestedLearning.Grains.Tests.Cluster;

/// <summary>Azurite, the emulator of Azure Blob Storage, as a process of its own. <c>npm install -g azurite</c> brings it.</summary>
internal sealed class Azurite : IDisposable
{
    private const string Account = "devstoreaccount1";

    // The key that every Azurite has; it is published with it and opens nothing else.
    private const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private readonly int _port = FreePort();
    private Process? _process;

    public string ConnectionString =>
        $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={Key};BlobEndpoint=http://127.0.0.1:{_port}/{Account};";

    /// <summary>Starts it and waits until it says that it listens.</summary>
    public async Task StartAsync()
    {
        ProcessStartInfo start = new("azurite-blob")
        {
            ArgumentList = { "--inMemoryPersistence", "--skipApiVersionCheck", "--disableTelemetry", "--blobPort", $"{_port}" },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            _process = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception error)
        {
            throw new InvalidOperationException("Tests on blobs need Azurite on the PATH: npm install -g azurite.", error);
        }

        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginErrorReadLine();
        TaskCompletionSource listens = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is null || line.Data.Contains("successfully listens", StringComparison.Ordinal))
            {
                listens.TrySetResult();
            }
        };
        _process.BeginOutputReadLine();
        await listens.Task;
    }

    public void Dispose()
    {
        _process?.Kill(entireProcessTree: true);
        _process?.Dispose();
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
