namespace NestedLearning.Tiers;

/// <summary>What became of a run.</summary>
public enum RunOutcome
{
    /// <summary>It is under way; nobody else may begin one.</summary>
    Running,

    /// <summary>The action is done.</summary>
    Succeeded,

    /// <summary>The action ended with an error.</summary>
    Failed,

    /// <summary>Whoever ran it stopped, or is gone.</summary>
    Interrupted,
}
