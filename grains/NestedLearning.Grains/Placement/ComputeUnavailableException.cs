namespace NestedLearning.Grains;

/// <summary>No silo has the compute that a model asks for, and the policy is not to place its memories elsewhere.</summary>
public sealed class ComputeUnavailableException(string model, string compute, IReadOnlyList<string> offered)
    : NestedLearningException(
        $"The model '{model}' asks for a silo with compute '{compute}', and there is none; there are: {string.Join("; ", offered)}.")
{
    /// <summary>The model, as its memory's key names it.</summary>
    public string Model { get; } = model;

    /// <summary>What it asks for, one of <see cref="ComputeKinds"/>.</summary>
    public string Compute { get; } = compute;

    /// <summary>What the silos declare that could run it, and how many of them.</summary>
    public IReadOnlyList<string> Offered { get; } = offered;
}
