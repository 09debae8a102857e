namespace NestedLearning.Models;

/// <summary>An update's body does not fit the level that it was sent to.</summary>
public sealed class InvalidContributionException : NestedLearningException
{
    /// <summary>Names the tensor, what is wrong with it and what is accepted.</summary>
    public InvalidContributionException(string tensor, string problem, string accepted)
        : base($"The update's tensor '{tensor}' {problem}; accepted: {accepted}.")
    {
        Tensor = tensor;
    }

    /// <summary>The tensor that does not fit.</summary>
    public string Tensor { get; }
}
