namespace NestedLearning.Tiers;

/// <summary>A frame cannot be written, or its bytes are refused; it never reaches a fold.</summary>
public sealed class FrameException : NestedLearningException
{
    /// <summary>Names the field and completes the sentence "The frame's field ...".</summary>
    public FrameException(FrameProblem problem, string field, string reason, Exception? innerException = null)
        : base($"The frame's '{field}' {reason}.", innerException)
    {
        Problem = problem;
        Field = field;
    }

    /// <summary>Why the frame was refused.</summary>
    public FrameProblem Problem { get; }

    /// <summary>
    /// The offending field: the name of a tensor, or, with a capital first letter, a part of the header such as
    /// <c>Magic</c> or <c>Sequence</c>.
    /// </summary>
    public string Field { get; }

    internal static FrameException NotFinite(string field) =>
        new(FrameProblem.NotFinite, field, "holds NaN or infinity; accepted are finite values");
}
