using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using NestedLearning.Silo.Tests.Database;

namespace NestedLearning.Silo.Tests.Processes;

/// <summary>A cluster of processes as an operator starts one: by <c>deploy/local/up</c>, in a folder and on ports of its own.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed class LocalCluster : IDisposable
{
    private const int GatewayPort = 8080;
    private static readonly TimeSpan Hung = TimeSpan.FromMinutes(3);

    /// <summary>The ports of PostgreSQL, Azurite, two silos with their APIs and their ports for clients, and the gateway.</summary>
    private static readonly int[] Ports = [55432, 10100, 11111, 11112, 5080, 5081, 30000, 30001, GatewayPort];

    /// <summary>Where the runtime of this process is, for a program that looks for one by itself.</summary>
    private static readonly string DotnetRoot = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));

    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("nl-test-");
    private readonly int _ports;

    public LocalCluster()
    {
        _ports = Enumerable.Range(0, 900).Select(i => 100 + ((i + Environment.ProcessId) % 900 * 10)).First(AreFree);
        Directory.CreateDirectory(Folder);
        foreach (string place in new[] { _home.FullName, Folder })
        {
            File.SetUnixFileMode(place, (UnixFileMode)0b111_101_101); // The user of PostgreSQL has to reach its part.
        }

        Directory.CreateDirectory(Elsewhere);
        string program = Directory.CreateDirectory(Path.Combine(Folder, "program", "built")).FullName;
        File.CreateSymbolicLink(Path.Combine(program, "nl-silo"), Path.Combine(AppContext.BaseDirectory, "nl-silo"));
        Directory.CreateSymbolicLink(Path.Combine(Folder, "program", "current"), program);
    }

    /// <summary>The checkout.</summary>
    public static string Repository { get; } = Parents(AppContext.BaseDirectory).First(folder => File.Exists(Path.Combine(folder, "global.json")));

    /// <summary>The folder of the cluster.</summary>
    public string Folder => Path.Combine(_home.FullName, "cluster");

    /// <summary>Where nothing may be left: the home, the working directory and the temporary files of whoever starts it.</summary>
    public string Elsewhere => Path.Combine(_home.FullName, "elsewhere");

    /// <summary>The gateway.</summary>
    public Uri Gateway => new($"http://127.0.0.1:{GatewayPort + _ports}");

    /// <summary>Starts two silos and a gateway of the program beside the tests, and waits as the script does.</summary>
    public Task<(int ExitCode, string Output, string Error)> UpAsync()
    {
        string? scripts = Environment.GetEnvironmentVariable(PostgreSqlServer.ScriptsVariable);
        return RunAsync(
            Script("up"), ["--no-build", "--silos", "2", "--ports", $"{_ports}", .. scripts is null ? Array.Empty<string>() : ["--scripts", scripts], Folder]);
    }

    /// <summary>Stops it all, or one silo.</summary>
    public Task<(int ExitCode, string Output, string Error)> DownAsync(params string[] options) => RunAsync(Script("down"), [.. options, Folder]);

    /// <summary>Runs <c>nl</c> on the gateway.</summary>
    public Task<(int ExitCode, string Output, string Error)> NlAsync(params string[] args) =>
        RunAsync(SiloProcess.Dotnet, [Path.Combine(AppContext.BaseDirectory, "nl.dll"), .. args, "--server", $"{Gateway}"]);

    /// <summary>The command lines of what runs out of the folder.</summary>
    public async Task<string[]> RunningAsync()
    {
        (_, string output, _) = await RunAsync("ps", ["-eo", "command="]);
        return [.. output.Split('\n').Where(line => line.Contains(Folder, StringComparison.Ordinal))];
    }

    public void Dispose() => _home.Delete(recursive: true);

    private static string Script(string name) => Path.Combine(Repository, "deploy", "local", name);

    private static IEnumerable<string> Parents(string folder)
    {
        for (DirectoryInfo? at = new(folder); at is not null; at = at.Parent)
        {
            yield return at.FullName;
        }
    }

    private static bool AreFree(int offset) => Ports.All(port =>
    {
        try
        {
            using TcpListener listener = new(IPAddress.Loopback, port + offset);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    });

    private async Task<(int ExitCode, string Output, string Error)> RunAsync(string program, string[] args)
    {
        ProcessStartInfo start = new(program, args)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Elsewhere,
            Environment = { ["HOME"] = Elsewhere, ["TMPDIR"] = Folder, ["DOTNET_ROOT"] = DotnetRoot },
        };
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(Hung);
        return (process.ExitCode, await output.WaitAsync(Hung), await error.WaitAsync(Hung));
    }
}

/// <summary>A test that starts a cluster by the scripts of <c>deploy/local</c>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LocalClusterFactAttribute : FactAttribute
{
    public LocalClusterFactAttribute() => Skip =
        OperatingSystem.IsWindows() ? "The scripts are for bash."
        : Missing() is { } program ? $"{program} is not on this machine, which deploy/local/up needs."
        : PostgreSqlServer.Programs is not null && Environment.GetEnvironmentVariable(PostgreSqlServer.ScriptsVariable) is null
            ? $"PostgreSQL is on this machine, and {PostgreSqlServer.ScriptsVariable} does not name the folder of Orleans' scripts for it."
        : null!;

    private static string? Missing()
    {
        string[] path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        return new[] { "bash", "curl", "ps", "nohup", "realpath", "base64" }
            .FirstOrDefault(program => !path.Any(folder => File.Exists(Path.Combine(folder, program))));
    }
}
