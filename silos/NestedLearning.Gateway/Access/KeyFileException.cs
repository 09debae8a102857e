namespace NestedLearning.Gateway.Access;

/// <summary>A file of keys cannot be used.</summary>
public sealed class KeyFileException(string path, string problem, Exception? innerException = null)
    : NestedLearningException($"The keys in '{path}' cannot be used: {problem}.", innerException)
{
    /// <summary>The file.</summary>
    public string Path { get; } = path;
}
