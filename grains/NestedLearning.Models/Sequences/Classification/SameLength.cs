namespace NestedLearning.Models;

/// <summary>Texts of different lengths as batches of equal ones, so that none has to be filled up.</summary>
internal static class SameLength
{
    /// <summary>The indices of texts that can be read together, at most so many at once; without the empty ones.</summary>
    public static IEnumerable<int[]> Batches(IReadOnlyList<int[]> texts, int atOnce) => Enumerable.Range(0, texts.Count)
        .Where(i => texts[i].Length > 0)
        .GroupBy(i => texts[i].Length)
        .SelectMany(group => group.Chunk(atOnce));

    /// <summary>The tokens of some texts of one length, [texts, time].</summary>
    public static int[] Tokens(IReadOnlyList<int[]> texts, int[] batch) => [.. batch.SelectMany(i => texts[i])];
}
