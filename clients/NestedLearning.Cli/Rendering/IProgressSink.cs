namespace NestedLearning.Cli.Rendering;

/// <summary>Takes reports of how far work is, from any thread.</summary>
internal interface IProgressSink
{
    /// <summary>Says before the first report how many were done earlier; they do not count for the rate.</summary>
    void Resume(long done);

    /// <summary>Says how many are done so far.</summary>
    /// <param name="done">All that is done, not what was added; it does not fall.</param>
    /// <param name="note">What else is worth seeing now, such as an accuracy; null for nothing.</param>
    /// <param name="parts">How the parts of the work stand, always the same ones; null where there are none.</param>
    void Report(long done, string? note = null, IReadOnlyList<ProgressPart>? parts = null);
}
