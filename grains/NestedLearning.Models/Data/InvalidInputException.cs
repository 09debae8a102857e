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

    /// <summary>Passes on what another process found wrong with a field, in its words.</summary>
    public InvalidInputException(string field, string message)
        : base(message) => Field = field;

    /// <summary>The field that is refused.</summary>
    public string Field { get; }
}
