namespace NestedLearning.Tiers;

/// <summary>Why a schedule ran.</summary>
public enum RunCause
{
    /// <summary>Its time had come, or had been missed.</summary>
    Time,

    /// <summary>Somebody asked for it.</summary>
    Request,

    /// <summary>The run before it was interrupted. A rerun that is interrupted is not followed by another one.</summary>
    Rerun,
}
