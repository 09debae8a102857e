namespace NestedLearning;

/// <summary>
/// The base of every error this library raises on purpose. A subclass names the offending value and what is accepted.
/// </summary>
public abstract class NestedLearningException : Exception
{
    /// <summary>Makes the error with a one-line message for the person who can mend it.</summary>
    protected NestedLearningException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
