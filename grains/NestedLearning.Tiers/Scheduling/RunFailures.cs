namespace NestedLearning.Tiers;

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
