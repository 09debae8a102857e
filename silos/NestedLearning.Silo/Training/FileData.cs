using NestedLearning.Grains;
using NestedLearning.Models;

namespace NestedLearning.Silo.Training;

/// <summary>Data in a file.</summary>
internal static class FileData
{
    /// <summary>Opens a file; its stamp is its length, which is the same on every machine that has a copy.</summary>
    /// <exception cref="DataException">It cannot be opened, or is too large.</exception>
    public static TrainingData Open(string path, DataLimits limits)
    {
        try
        {
            FileStream file = File.OpenRead(path);
            long bytes = file.Length;
            return new TrainingData(GuardedStream.Over(file, path, bytes, limits), FormattableString.Invariant($"{bytes} bytes"));
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new DataException(path, null, "no such file on this silo");
        }
        catch (UnauthorizedAccessException)
        {
            throw new DataException(path, null, "not a file that this silo may open");
        }
        catch (IOException error)
        {
            throw new DataException(path, null, $"cannot be opened: {error.Message}", error);
        }
    }
}
