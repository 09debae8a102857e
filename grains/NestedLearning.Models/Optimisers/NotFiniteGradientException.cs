namespace NestedLearning.Models;

/// <summary>A gradient holds a NaN or an infinity; nothing was changed.</summary>
public sealed class NotFiniteGradientException : NestedLearningException
{
    /// <summary>Names the group and the step.</summary>
    public NotFiniteGradientException(string group, long step)
        : base($"The gradient of '{group}' at step {step} holds a NaN or an infinity, accepted: finite values.")
    {
        Group = group;
        Step = step;
    }

    /// <summary>The parameter group.</summary>
    public string Group { get; }

    /// <summary>The step that was not taken.</summary>
    public long Step { get; }
}
