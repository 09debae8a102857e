using System.Runtime.InteropServices;
using NestedLearning.Models;

namespace NestedLearning.Cli.Data;

/// <summary>Finds the folder of the newest .NET 10 SDK that holds localized messages.</summary>
internal static class DotnetSdk
{
    private const string Major = "10.";

    /// <summary>Looks at every .NET installation of this machine.</summary>
    /// <exception cref="DataException">None has such an SDK.</exception>
    public static string Find() => Find(Roots(Environment.GetEnvironmentVariable));

    /// <summary>Looks in the <c>sdk</c> folders of these .NET installations; the first wins among equal versions.</summary>
    /// <exception cref="DataException">None has such an SDK.</exception>
    public static string Find(IEnumerable<string> roots)
    {
        List<string> looked = [.. roots.Distinct()];
        return looked
            .Select(root => Path.Combine(root, "sdk"))
            .Where(Directory.Exists)
            .SelectMany(sdk => Directory.EnumerateDirectories(sdk, Major + "*"))
            .Where(HasMessages)
            .OrderByDescending(folder => SdkVersion.Parse(Path.GetFileName(folder)))
            .FirstOrDefault()
            ?? throw new DataException(
                DotnetMessages.SourceName,
                null,
                $"no .NET 10 SDK with localized messages in {string.Join(", ", looked)}; install one or set DOTNET_ROOT");
    }

    /// <summary>The folders where .NET may be installed, the likeliest first.</summary>
    internal static IEnumerable<string> Roots(Func<string, string?> environment)
    {
        if (environment("DOTNET_ROOT") is { Length: > 0 } root)
        {
            yield return Path.GetFullPath(root);
        }

        // <root>/shared/Microsoft.NETCore.App/<version>/
        yield return Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));

        foreach (string folder in (environment("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
        {
            FileInfo host = new(Path.Combine(folder, OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));
            if (host.Exists && (host.ResolveLinkTarget(returnFinalTarget: true) ?? host) is FileInfo { DirectoryName: { } home })
            {
                yield return home;
            }
        }

        string profile = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        string programs = Environment.GetFolderPath(Environment.SpecialFolder.ProgramFiles);
        string[] wellKnown = OperatingSystem.IsWindows()
            ? [Path.Combine(programs, "dotnet"), Path.Combine(profile, ".dotnet")]
            :
            [
                "/usr/share/dotnet",
                "/usr/lib/dotnet",
                "/usr/lib64/dotnet",
                "/usr/local/share/dotnet",
                Path.Combine(profile, ".dotnet"),
            ];
        foreach (string folder in wellKnown)
        {
            yield return folder;
        }
    }

    private static bool HasMessages(string sdk) =>
        SdkLanguage.All.All(language => Directory.Exists(Path.Combine(sdk, language.Folder)));
}
