using System.Diagnostics;
using NestedLearning.Cli.Tests.Commands;

namespace NestedLearning.Cli.Tests.Processes;

/// <summary>A small file system that is really full, in a mount namespace of its own, where this machine allows one.</summary>
internal static class FullDisk
{
    private const string Script = """
        mount -t tmpfs -o "size=$1" tmpfs "$2" || exit 99
        directory=$2; shift 2
        "$@"; echo "ends with $?" >&2
        mount -o remount,size=64m "$directory" || exit 99
        "$@"; echo "ends with $?" >&2
        """;

    /// <summary>Whether it can be made here.</summary>
    public static bool IsPossible { get; } = OperatingSystem.IsLinux() && Probe();

    /// <summary>Runs a command over a folder on a disk of a size, and again when the disk has grown.</summary>
    public static async Task<NlResult> RunAsync(string folder, string size, string[] command)
    {
        using Process process = Process.Start(StartInfo(folder, size, command))!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        string error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new NlResult(process.ExitCode, await output, error);
    }

    private static bool Probe()
    {
        string folder = Directory.CreateTempSubdirectory("nl-disk-").FullName;
        try
        {
            using Process process = Process.Start(StartInfo(folder, "64k", ["true"]))!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
        finally
        {
            Directory.Delete(folder);
        }
    }

    private static ProcessStartInfo StartInfo(string folder, string size, string[] command) =>
        new("unshare", ["--map-root-user", "--mount", "sh", "-c", Script, "sh", size, folder, .. command])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
}

/// <summary>A test that needs a small file system of its own.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FullDiskFactAttribute : FactAttribute
{
    public FullDiskFactAttribute() => Skip = FullDisk.IsPossible ? null : "This machine lets the test mount no file system.";
}
