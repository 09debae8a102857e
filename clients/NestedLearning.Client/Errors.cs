namespace NestedLearning.Client;

/// <summary>Options of a client are out of range; all violations are listed.</summary>
public sealed class InvalidClientOptionsException(IReadOnlyList<string> violations)
    : NestedLearningException("The client's options are not valid: " + string.Join("; ", violations) + ".")
{
    /// <summary>One line for each option that is out of range.</summary>
    public IReadOnlyList<string> Violations { get; } = violations;
}

/// <summary>The server cannot be reached, or ended the connection, as often as it was tried.</summary>
public sealed class ServerUnreachableException(Uri server, string reason, Exception? innerException = null)
    : NestedLearningException($"The server {server} cannot be reached: {reason.TrimEnd('.')}.", innerException)
{
    /// <summary>Where it should be.</summary>
    public Uri Server { get; } = server;

    /// <summary>How long the server asks to wait before a repeat; null where it says nothing.</summary>
    public TimeSpan? RetryAfter { get; internal set; }
}

/// <summary>The server asks for a key and has got none, or one that is not for this.</summary>
public sealed class AccessDeniedException(Uri server, string reason)
    : NestedLearningException($"The server {server} does not allow this: {reason}")
{
    /// <summary>Where it is.</summary>
    public Uri Server { get; } = server;
}

/// <summary>The server answers, but not as a gateway does, or with an error of its own.</summary>
public sealed class ServerFailedException(Uri server, int status, string reason)
    : NestedLearningException($"The server {server} answered {status}: {reason}")
{
    /// <summary>Where it is.</summary>
    public Uri Server { get; } = server;

    /// <summary>The HTTP status.</summary>
    public int Status { get; } = status;
}
