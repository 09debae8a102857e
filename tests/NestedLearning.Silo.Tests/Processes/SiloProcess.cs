using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace NestedLearning.Silo.Tests.Processes;

/// <summary>A real <c>nl-silo</c> process, from the program beside the tests, on ports of its own.</summary>
internal sealed partial class SiloProcess : IDisposable
{
    private static readonly TimeSpan Hung = TimeSpan.FromMinutes(2);
    private static readonly string[] Program = [Dotnet, Path.Combine(AppContext.BaseDirectory, "nl-silo.dll")];

    private readonly Process _process;
    private readonly Task<string> _error;

    private SiloProcess(ProcessStartInfo start, int siloPort)
    {
        SiloPort = siloPort;
        _process = Process.Start(start)!;
        _process.StandardInput.Close();
        _error = _process.StandardError.ReadToEndAsync();
    }

    /// <summary>What runs programs.</summary>
    public static string Dotnet => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    /// <summary>The port for other silos.</summary>
    public int SiloPort { get; }

    /// <summary>The line about its addresses.</summary>
    public string Announcement { get; private set; } = "";

    /// <summary>The API.</summary>
    public Uri Url => new(UrlPattern().Match(Announcement).Value);

    /// <summary>Starts it; a setting is a pair such as (Storage:Kind, Memory).</summary>
    public static SiloProcess Start(string[] args, params (string Key, string Value)[] settings)
    {
        int siloPort = FreePort();
        ProcessStartInfo start = new(Program[0], [.. Program[1..], .. args])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        (string Key, string Value)[] ports =
            [("Endpoints:SiloPort", $"{siloPort}"), ("Endpoints:ClientPort", "0"), ("Api:Url", "http://127.0.0.1:0")];
        foreach ((string key, string value) in ports.Concat(settings))
        {
            start.Environment[$"NestedLearning__{key.Replace(":", "__", StringComparison.Ordinal)}"] = value;
        }

        return new SiloProcess(start, siloPort);
    }

    /// <summary>Starts a silo, and waits for the line that it writes once it serves.</summary>
    public static async Task<SiloProcess> ServeAsync(params (string Key, string Value)[] settings)
    {
        SiloProcess process = Start([], settings);
        process.Announcement = await process._process.StandardOutput.ReadLineAsync().WaitAsync(Hung)
            ?? throw new InvalidOperationException(await process._error);
        return process;
    }

    /// <summary>A port that nobody has now.</summary>
    public static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Asks it over HTTP: the status, and the checks of <c>/readyz</c>.</summary>
    public async Task<(HttpStatusCode Status, JsonNode? Checks)> ReadinessAsync()
    {
        using HttpClient client = new();
        using HttpResponseMessage response = await client.GetAsync(new Uri(Url, "/readyz"));
        return (response.StatusCode, await response.Content.ReadFromJsonAsync<JsonNode>());
    }

    /// <summary>What systems send to stop a process.</summary>
    public async Task TerminateAsync()
    {
        using Process kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
        await kill.WaitForExitAsync().WaitAsync(Hung);
    }

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await EndAsync();
    }

    /// <summary>Waits for its end.</summary>
    public async Task<(int ExitCode, string Output, string Error)> EndAsync()
    {
        string output = await _process.StandardOutput.ReadToEndAsync().WaitAsync(Hung);
        string error = await _error.WaitAsync(Hung);
        await _process.WaitForExitAsync().WaitAsync(Hung);
        return (_process.ExitCode, output, error);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    [GeneratedRegex(@"https?://[0-9.:]+")]
    private static partial Regex UrlPattern();
}
