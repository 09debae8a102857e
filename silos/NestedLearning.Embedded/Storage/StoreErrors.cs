using NestedLearning.Tiers;

namespace NestedLearning.Embedded;

/// <summary>Turns what goes wrong on a disk into the store's errors, with what to do about it.</summary>
internal static class StoreErrors
{
    // .NET hands on the system's number: errno on Unix, an HRESULT on Windows. The two do not overlap.
    private static readonly HashSet<int> FullCodes =
    [
        28, // ENOSPC
        122, // EDQUOT on Linux
        69, // EDQUOT on macOS
        unchecked((int)0x80070070), // ERROR_DISK_FULL
        unchecked((int)0x80070027), // ERROR_HANDLE_DISK_FULL
        unchecked((int)0x8007050F), // ERROR_DISK_QUOTA_EXCEEDED
    ];

    private static readonly HashSet<int> InUseCodes =
    [
        11, // EAGAIN on Linux
        35, // EAGAIN on macOS
        unchecked((int)0x80070020), // ERROR_SHARING_VIOLATION
        unchecked((int)0x80070021), // ERROR_LOCK_VIOLATION
    ];

    /// <summary>Whether an error comes from the file system.</summary>
    public static bool IsFileError(Exception error) => error is IOException or UnauthorizedAccessException;

    /// <summary>Whether an error means that somebody else holds the file.</summary>
    public static bool IsInUse(IOException error) => InUseCodes.Contains(error.HResult);

    /// <summary>The store's error for a file system's error while it did <paramref name="what"/>.</summary>
    public static StoreException From(Exception error, string place, string what) =>
        error is IOException && FullCodes.Contains(error.HResult)
            ? new StoreException(
                StoreProblem.Full, place, $"{what}: no space is left; the state from before is intact.", error)
            : new StoreException(StoreProblem.Unavailable, place, $"{what}: {error.Message}", error);

    /// <summary>Another store is open in the folder.</summary>
    public static StoreException Locked(string folder, Exception error) => new(
        StoreProblem.Locked, folder, "the folder is in use; stop the process that uses it, or choose another.", error);

    /// <summary>A file's bytes are not what was saved.</summary>
    public static StoreException Damaged(string path, string damage) => new(
        StoreProblem.Damaged,
        path,
        $"the state is damaged: {damage}; restore the file from a backup, or remove its folder to start afresh.");

    /// <summary>A file is sound, but of a format that this program does not know.</summary>
    public static StoreException UnknownFormat(string path, uint version) => new(
        StoreProblem.Unavailable,
        path,
        $"the state has format {version}, and this program reads {StateHeader.CurrentVersion}; use the program that wrote it.");

    /// <summary>The caller's tag is not the state's.</summary>
    public static StoreException Conflict(StateKey key, string? expected, string? found) => new(
        StoreProblem.Conflict,
        key.Value,
        $"the state changed since it was loaded: expected {Name(expected)}, found {Name(found)}.");

    private static string Name(string? etag) => etag is null ? "none" : $"tag {etag}";
}
