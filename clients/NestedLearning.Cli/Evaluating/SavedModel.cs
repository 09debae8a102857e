using NestedLearning.Models;
using NestedLearning.Tensors;

namespace NestedLearning.Cli.Evaluating;

/// <summary>Models that <c>nl export</c> wrote.</summary>
internal static class SavedModel
{
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="NestedLearningException">It is no such model.</exception>
    public static SavedSequenceModel Read(FileInfo file, ITensorBackend backend)
    {
        using FileStream stream = file.OpenRead();
        return SequenceModelFile.Read(new SafetensorsReader(stream), backend);
    }
}
