namespace NestedLearning.Client;

/// <summary>What is wrong with a spool.</summary>
public enum SpoolProblem
{
    /// <summary>Another client has it open.</summary>
    InUse,

    /// <summary>Its bytes are not what was written.</summary>
    Damaged,

    /// <summary>It would grow beyond its bound, or there is no space.</summary>
    Full,

    /// <summary>It cannot be read or written.</summary>
    Unavailable,
}

/// <summary>Events cannot be kept in a spool file, or not be read from it. What could not be kept was not sent.</summary>
public sealed class SpoolException(SpoolProblem problem, string path, string reason, Exception? innerException = null)
    : NestedLearningException($"The spool {path} {reason.TrimEnd('.')}.", innerException)
{
    /// <summary>What is wrong.</summary>
    public SpoolProblem Problem { get; } = problem;

    /// <summary>The file.</summary>
    public string Path { get; } = path;
}
