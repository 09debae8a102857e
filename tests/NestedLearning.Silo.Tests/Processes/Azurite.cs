using System.Diagnostics;

namespace NestedLearning.Silo.Tests.Processes;

/// <summary>Azurite, the emulator of Azure Blob Storage, as a process of its own with an account of its own.</summary>
internal sealed class Azurite : IDisposable
{
    private readonly Process _process;
    private readonly string _key = Convert.ToBase64String(Guid.NewGuid().ToByteArray());
    private readonly int _port;

    private Azurite(int port)
    {
        _port = port;
        ProcessStartInfo start = new(Program!)
        {
            ArgumentList = { "--inMemoryPersistence", "--skipApiVersionCheck", "--disableTelemetry", "--blobPort", $"{port}" },
            Environment = { ["AZURITE_ACCOUNTS"] = "test:" + _key },
            RedirectStandardOutput = true,
        };
        _process = Process.Start(start)!;
    }

    /// <summary>Where it is; null where it is not installed.</summary>
    public static string? Program { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, "azurite-blob"))
        .FirstOrDefault(File.Exists);

    public string ConnectionString => $"AccountName=test;AccountKey={_key};BlobEndpoint=http://127.0.0.1:{_port}/test";

    /// <summary>Starts it and waits until it says that it listens.</summary>
    public static async Task<Azurite> StartAsync()
    {
        Azurite azurite = new(SiloProcess.FreePort());
        while (await azurite._process.StandardOutput.ReadLineAsync() is { } line && !line.Contains("successfully listens", StringComparison.Ordinal))
        {
        }

        return azurite;
    }

    /// <summary>Ends it, as a crash does.</summary>
    public async Task KillAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
    }

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }
}

/// <summary>A test that needs Azurite.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AzuriteFactAttribute : FactAttribute
{
    public AzuriteFactAttribute() =>
        Skip = Azurite.Program is null ? "There is no azurite-blob on the PATH; 'npm install -g azurite' brings it." : null!;
}
