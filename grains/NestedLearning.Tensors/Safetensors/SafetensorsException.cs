namespace NestedLearning.Tensors;

/// <summary>A file is not safetensors, or what is to be read of it cannot be.</summary>
public sealed class SafetensorsException : NestedLearningException
{
    /// <summary>Names what is wrong, what it is, and what is accepted.</summary>
    public SafetensorsException(string subject, string value, string accepted, Exception? innerException = null)
        : base($"safetensors: {subject} is {value}, accepted: {accepted}.", innerException)
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
