namespace NestedLearning.Models;

/// <summary>An event or a question holds something that the model does not accept; nothing was learned from it.</summary>
public sealed class InvalidInputException : NestedLearningException
{
    /// <summary>Names the field, what is wrong with it and what is accepted.</summary>
    public InvalidInputException(string field, string problem, string accepted)
        : base($"{field} {problem}; accepted: {accepted}.")
    {
        Field = field;
    }

    /// <summary>The field that is refused.</summary>
    public string Field { get; }
}
