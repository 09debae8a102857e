using System.Buffers;
using NestedLearning.Tiers;

namespace NestedLearning.Embedded;

/// <summary>
/// Which file holds which key: key <c>a/b/c</c> is file <c>a/b/c.state</c> below the root. No segment of a key has a
/// dot, so that a key's file never meets another key's folder, a temporary file or the lock.
/// </summary>
internal sealed class StateFileNames(string root)
{
    /// <summary>What a temporary file's name adds to the name of the file it will replace.</summary>
    public const string TemporaryExtension = ".tmp";

    private const string Extension = ".state";
    private const int MaxSegmentLength = 128;

    private static readonly SearchValues<char> SegmentCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    private static readonly EnumerationOptions WholeTree = new()
    {
        RecurseSubdirectories = true,
        AttributesToSkip = FileAttributes.None,
        IgnoreInaccessible = false,
    };

    /// <summary>The file of a key.</summary>
    public string PathOf(StateKey key)
    {
        ArgumentException.ThrowIfNullOrEmpty(key.Value, nameof(key));
        return Path.Join(root, key.Value + Extension);
    }

    /// <summary>The keys that have a file and start with <paramref name="prefix"/>, in ordinal order.</summary>
    public StateKey[] KeysBelow(string prefix)
    {
        string folder = prefix[..Math.Max(prefix.LastIndexOf('/'), 0)];
        if (folder.Length > 0 && !IsKey(folder))
        {
            return [];
        }

        try
        {
            return [.. Texts(Path.Join(root, folder), Extension)
                .Where(text => text.StartsWith(prefix, StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
                .Select(StateKey.Parse)];
        }
        catch (DirectoryNotFoundException)
        {
            return []; // Nothing was ever saved below that folder.
        }
    }

    /// <summary>The temporary files that interrupted saves left behind.</summary>
    public string[] LeftOvers()
    {
        const string Temporary = Extension + TemporaryExtension;
        return [.. Texts(root, Temporary).Select(text => Path.Join(root, text + Temporary))];
    }

    private IEnumerable<string> Texts(string start, string extension) =>
        Directory.EnumerateFiles(start, "*" + extension, WholeTree)
            .Select(path => Path.GetRelativePath(root, path)[..^extension.Length])
            .Select(text => text.Replace(Path.DirectorySeparatorChar, '/'))
            .Where(IsKey);

    private static bool IsKey(string text) => text.Split('/').All(segment =>
        segment.Length is > 0 and <= MaxSegmentLength && !segment.AsSpan().ContainsAnyExcept(SegmentCharacters));
}
