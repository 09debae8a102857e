namespace NestedLearning.Tiers;

/// <summary>Some memories could not do what a schedule asked of them; the others have.</summary>
public sealed class MemoriesFailedException(int failed, int all, Exception first)
    : NestedLearningException($"{failed} of {Words.Memories(all)} failed, the first because: {RunFailures.Describe(first)}", first)
{
    /// <summary>How many failed.</summary>
    public int Failed { get; } = failed;
}

/// <summary>What the record of a run says of its failure: what a client may know, and in one line.</summary>
public static class RunFailures
{
    /// <summary>A failure in words; where a store keeps things is nobody's business.</summary>
    public static string Describe(Exception error)
    {
        string text = error switch
        {
            StoreException { Problem: StoreProblem.Damaged } => "A state in the server's store is damaged.",
            StoreException => ApiProblems.From(error).Detail,
            NestedLearningException => error.Message,
            _ => $"An unexpected {error.GetType().Name}.",
        };
        return text.ReplaceLineEndings(" ");
    }
}
