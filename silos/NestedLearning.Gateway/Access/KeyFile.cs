using System.Text.Json;

namespace NestedLearning.Gateway.Access;

/// <summary>Keys in a file that its owner alone can read. It holds no secret, but who may write it makes keys.</summary>
public static class KeyFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Reads all keys; none where there is no file.</summary>
    /// <exception cref="KeyFileException">It is no file of keys, or may not be read.</exception>
    public static IReadOnlyList<ApiKey> Read(string path)
    {
        try
        {
            byte[] json = File.ReadAllBytes(path);
            KeysDocument document = JsonSerializer.Deserialize(json, KeyFileJson.Default.KeysDocument) ?? throw new JsonException("it is null");
            return [.. document.Keys.Select(key => key.ToKey())];
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return [];
        }
        catch (Exception error) when (error is JsonException or IOException or UnauthorizedAccessException or NestedLearningException or FormatException)
        {
            throw new KeyFileException(path, error.Message.TrimEnd('.'), error);
        }
    }

    /// <summary>Replaces the file in one step, so that a server never reads half of it.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Write(string path, IReadOnlyList<ApiKey> keys)
    {
        string temporary = path + ".new";
        File.Delete(temporary);
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        using (FileStream file = new(temporary, options))
        {
            JsonSerializer.Serialize(file, new KeysDocument([.. keys.Select(KeyDocument.From)]), KeyFileJson.Default.KeysDocument);
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
    }
}
