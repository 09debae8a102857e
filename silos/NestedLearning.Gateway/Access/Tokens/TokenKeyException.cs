namespace NestedLearning.Gateway.Access.Tokens;

/// <summary>The key that tokens are checked with cannot be read.</summary>
public sealed class TokenKeyException(string path, string reason, Exception? innerException = null)
    : NestedLearningException($"The key for tokens {path} cannot be used: {reason.TrimEnd('.')}.", innerException)
{
    /// <summary>Its file.</summary>
    public string Path { get; } = path;
}
