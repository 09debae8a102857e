namespace NestedLearning.Models;

/// <summary>A file of tensors is not the model, or does not have the initial states, that it was taken for.</summary>
public sealed class InvalidModelFileException : NestedLearningException
{
    /// <summary>Names what is wrong, what it is, and what is accepted.</summary>
    public InvalidModelFileException(string subject, string value, string accepted, Exception? innerException = null)
        : base($"The model file: {subject} is {value}, accepted: {accepted}.", innerException)
    {
        Subject = subject;
        Value = value;
        Accepted = accepted;
    }

    /// <summary>Passes on what another process found wrong with a file, in its words.</summary>
    public InvalidModelFileException(string message)
        : base(message) => (Subject, Value, Accepted) = ("", "", "");

    /// <summary>What is wrong.</summary>
    public string Subject { get; }

    /// <summary>What it is.</summary>
    public string Value { get; }

    /// <summary>What is accepted.</summary>
    public string Accepted { get; }
}
