namespace NestedLearning.Models;

/// <summary>A name is not in <see cref="BaselineCatalog"/>.</summary>
public sealed class UnknownBaselineException : NestedLearningException
{
    /// <summary>Names the offending text and lists what is accepted.</summary>
    public UnknownBaselineException(string name)
        : base($"'{name}' is not a baseline; accepted are {string.Join(", ", BaselineCatalog.Names)}.")
    {
        Name = name;
    }

    /// <summary>The name as given.</summary>
    public string Name { get; }
}
