namespace NestedLearning.Models;

/// <summary>What is to become a tokenizer is none.</summary>
public sealed class InvalidTokenizerException : NestedLearningException
{
    /// <summary>Names what there is, and what is accepted.</summary>
    public InvalidTokenizerException(string value, string accepted)
        : base($"The tokenizer has {value}; accepted: {accepted}.")
    {
        Value = value;
        Accepted = accepted;
    }

    /// <summary>What there is.</summary>
    public string Value { get; }

    /// <summary>What is accepted.</summary>
    public string Accepted { get; }
}
