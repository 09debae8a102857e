namespace NestedLearning.Gateway.Tls;

/// <summary>A certificate or its key cannot be used.</summary>
public sealed class ServerCertificateException(string path, string reason, Exception innerException)
    : NestedLearningException($"The certificate {path} cannot be used: {reason.TrimEnd('.')}.", innerException)
{
    /// <summary>The file of the certificate.</summary>
    public string Path { get; } = path;
}
