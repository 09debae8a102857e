using NestedLearning.Models;

namespace NestedLearning.Cli.Serving;

/// <summary>Files of models.</summary>
internal static class ModelFile
{
    /// <exception cref="DataException">There is no such file.</exception>
    public static FileStream Open(FileInfo file) => file.Exists ? file.OpenRead() : throw new DataException(file.ToString(), null, "no such file");

    /// <summary>Writes a file anew; it is there whole or as it was.</summary>
    public static async Task ReplaceAsync(FileInfo file, Func<Stream, ValueTask> write)
    {
        string unfinished = file.FullName + ".part";
        await using (FileStream stream = File.Create(unfinished))
        {
            await write(stream);
        }

        File.Move(unfinished, file.FullName, overwrite: true);
    }
}
