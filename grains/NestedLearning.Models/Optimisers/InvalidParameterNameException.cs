namespace NestedLearning.Models;

/// <summary>A parameter was given a name that cannot be stored, or one that another parameter of its model has.</summary>
public sealed class InvalidParameterNameException : NestedLearningException
{
    /// <summary>Names the name and what is accepted.</summary>
    public InvalidParameterNameException(string name)
        : base($"The parameter's name is '{name}', accepted: 1 to {Parameter.MaxNameLength} of [a-z0-9./-], once in a model.")
    {
        ParameterName = name;
    }

    /// <summary>The name that was refused.</summary>
    public string ParameterName { get; }
}
