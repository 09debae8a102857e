namespace NestedLearning.Models;

/// <summary>What is to become the state of a stream is none of this model.</summary>
public sealed class InvalidStreamException : NestedLearningException
{
    /// <summary>Names what is wrong, what it is, and what is accepted.</summary>
    public InvalidStreamException(string subject, string value, string accepted)
        : base($"The state of the stream: {subject} is {value}; accepted: {accepted}.")
    {
        Subject = subject;
        Value = value;
        Accepted = accepted;
    }

    /// <summary>What is wrong.</summary>
    public string Subject { get; }

    /// <summary>What it is.</summary>
    public string Value { get; }

    /// <summary>What is accepted.</summary>
    public string Accepted { get; }
}
