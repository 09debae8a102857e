namespace NestedLearning.Models;

/// <summary>The names given for the fields of a data set cannot be told apart.</summary>
public sealed class FieldNamesException : NestedLearningException
{
    /// <summary>Says which name is wrong.</summary>
    public FieldNamesException(string message)
        : base(message)
    {
    }
}
