using NestedLearning.Models;

namespace NestedLearning.Cli.Training.Sequences;

/// <summary>What <c>nl train hope</c> was asked for.</summary>
/// <param name="Model">The model.</param>
/// <param name="Training">How it learns.</param>
internal sealed record SequenceRunOptions(SequenceSettings Model, SequenceTrainingSettings Training)
{
    /// <summary>What the model is called.</summary>
    public string Name { get; init; } = "hope";

    /// <summary>How workers share its levels; null to learn without them.</summary>
    public SequenceTiers? Tiers { get; init; }

    /// <summary>Where the parameters begin; null for random ones.</summary>
    public InitialModel? Initial { get; init; }

    /// <summary>The threads of a step.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>After how many steps the loss is measured.</summary>
    public int EvaluateEvery { get; init; } = 500;

    /// <summary>After how many steps everything is saved, where there is a data directory.</summary>
    public int SaveEvery { get; init; } = 100;

    /// <summary>Where; null for nowhere.</summary>
    public string? DataDirectory { get; init; }
}
