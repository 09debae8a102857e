namespace NestedLearning.Cli.Serving;

/// <summary>
/// The key of a server that runs on this machine, in a file that only its user can read, so that the commands of the same user
/// need none. It is made anew at each start: what is left after a crash opens nothing.
/// </summary>
internal sealed class LocalKey : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string _path;
    private readonly string _key;

    private LocalKey(string path, string key)
    {
        _path = path;
        _key = key;
    }

    /// <summary>The key of the server at an address of this machine; null where this user runs none there.</summary>
    public static string? Find(Uri server)
    {
        try
        {
            return server.IsLoopback && PathFor(server.Port) is { } path ? File.ReadAllText(path) : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null; // There is none for this user; the server says whether it wants one.
        }
    }

    /// <summary>Lets the commands of this user find the key, until it is disposed of; null where there is no place for it.</summary>
    public static LocalKey? Publish(int port, string key)
    {
        try
        {
            if (PathFor(port) is not { } path)
            {
                return null;
            }

            Write(path, key);
            return new LocalKey(path, key);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Takes the key away, unless a server that came later has put its own there.</summary>
    public void Dispose()
    {
        try
        {
            if (File.ReadAllText(_path) == _key)
            {
                File.Delete(_path);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // What stays there opens nothing.
        }
    }

    private static void Write(string path, string key)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.Delete(path); // A file that others could read would stay so.
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        using StreamWriter file = new(path, options);
        file.Write(key);
    }

    /// <summary>Null for a user without a home.</summary>
    private static string? PathFor(int port)
    {
        string home = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return home.Length == 0 ? null : Path.Combine(home, "nested-learning", "servers", FormattableString.Invariant($"{port}.key"));
    }
}
