using System.Diagnostics;
using NestedLearning.Silo.Tests.Processes;

namespace NestedLearning.Silo.Tests.Database;

/// <summary>PostgreSQL as a process of its own, with an empty database.</summary>
internal sealed class PostgreSqlServer : IDisposable
{
    /// <summary>The variable that names a folder with Orleans' scripts, which are not in this repository.</summary>
    public const string ScriptsVariable = "NL_ORLEANS_SCRIPTS";

    private readonly string _folder;
    private readonly int _port = SiloProcess.FreePort();

    private PostgreSqlServer(string folder) => _folder = folder;

    /// <summary>Its programs; null where it is not installed. Debian keeps them off the PATH.</summary>
    public static string? Programs { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Concat(Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin")) : [])
        .FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")));

    public string ConnectionString => $"Host=127.0.0.1;Port={_port};Database=postgres;Username=nl";

    public static async Task<PostgreSqlServer> StartAsync()
    {
        string folder = Directory.CreateTempSubdirectory("nl-test-").FullName;
        PostgreSqlServer server = new(folder);
        if (Environment.IsPrivilegedProcess)
        {
            await RunAsync("chown", "postgres", folder);
        }

        await RunAsPostgresAsync("initdb", "-D", $"{folder}/data", "-U", "nl", "--auth=trust");
        await RunAsPostgresAsync(
            "pg_ctl", "-D", $"{folder}/data", "-w", "-l", $"{folder}/log", "-o",
            $"-p {server._port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=''", "start");
        return server;
    }

    public void Dispose()
    {
        RunAsPostgresAsync("pg_ctl", "-D", $"{_folder}/data", "-m", "immediate", "stop").GetAwaiter().GetResult();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>It refuses to run as root.</summary>
    private static Task RunAsPostgresAsync(string program, params string[] args)
    {
        string path = Path.Combine(Programs!, program);
        return Environment.IsPrivilegedProcess ? RunAsync("runuser", ["-u", "postgres", "--", path, .. args]) : RunAsync(path, args);
    }

    private static async Task RunAsync(string program, params string[] args)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, args) { WorkingDirectory = "/", RedirectStandardOutput = true })!;
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
    }
}

/// <summary>A test that needs PostgreSQL and Orleans' scripts for it.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PostgreSqlFactAttribute : FactAttribute
{
    public PostgreSqlFactAttribute() => Skip =
        PostgreSqlServer.Programs is null ? "PostgreSQL is not on this machine."
        : Environment.GetEnvironmentVariable(PostgreSqlServer.ScriptsVariable) is null ? $"{PostgreSqlServer.ScriptsVariable} does not name the folder of Orleans' scripts."
        : null!;
}
