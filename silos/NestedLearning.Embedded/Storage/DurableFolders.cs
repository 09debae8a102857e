using System.Collections.Concurrent;

namespace NestedLearning.Embedded;

/// <summary>
/// Makes the folders below a root, durably. A folder that is already there is made durable too, once: an earlier
/// process may have died between making it and flushing its parent.
/// </summary>
internal sealed class DurableFolders(string root)
{
    private readonly ConcurrentDictionary<string, bool> _durable = new(StringComparer.Ordinal);

    /// <summary>Makes a folder below the root, and those between them. Never the root: a lost disk must not look new.</summary>
    /// <exception cref="DirectoryNotFoundException">The root is gone.</exception>
    public void Ensure(string folder)
    {
        if (_durable.ContainsKey(folder))
        {
            return;
        }

        if (folder == root)
        {
            RequireRoot();
            return;
        }

        string parent = Path.GetDirectoryName(folder)!;
        Ensure(parent);
        Directory.CreateDirectory(folder);
        DirectorySync.Flush(parent);
        _durable[folder] = true;
    }

    /// <summary>Fails when the root is gone.</summary>
    /// <exception cref="DirectoryNotFoundException">The root is gone.</exception>
    public void RequireRoot()
    {
        if (!Directory.Exists(root))
        {
            throw new DirectoryNotFoundException($"The folder '{root}' is gone.");
        }
    }

    /// <summary>Makes a root inside a parent that must be there.</summary>
    public static void CreateRoot(string root)
    {
        string? parent = Path.GetDirectoryName(root);
        bool existed = Directory.Exists(root);
        if (File.Exists(root))
        {
            throw new IOException("It is a file; a store needs a folder.");
        }

        if (!existed && !Directory.Exists(parent))
        {
            throw new DirectoryNotFoundException($"Its parent '{parent}' does not exist; create it, or check the path.");
        }

        Directory.CreateDirectory(root);
        try
        {
            DirectorySync.Flush(parent ?? root);
        }
        catch (UnauthorizedAccessException) when (existed)
        {
            // Whoever made the folder where we may not look, such as a service manager, answers for its being durable.
        }
    }
}
