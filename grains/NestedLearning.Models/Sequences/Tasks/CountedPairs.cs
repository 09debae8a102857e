namespace NestedLearning.Models;

/// <summary>
/// What a text costs one who knows how often each token has followed each so far, and expects the rest by how often each token was:
/// <c>p = (n(a, b) + p(b)) / (n(a) + 1)</c>, with <c>p(b) = (n(b) + 1) / (n + vocabulary)</c>. It learns as it reads.
/// </summary>
public static class CountedPairs
{
    /// <summary>The sum of <c>−log p</c> of all tokens but the first.</summary>
    /// <param name="tokens">The text.</param>
    /// <param name="vocabulary">How many different tokens there are.</param>
    public static double Nats(ReadOnlySpan<int> tokens, int vocabulary)
    {
        Dictionary<long, int> pairs = [];
        int[] before = new int[vocabulary];
        int[] single = new int[vocabulary];
        double nats = 0;
        for (int i = 1; i < tokens.Length; i++)
        {
            (int last, int next) = (tokens[i - 1], tokens[i]);
            long pair = ((long)last * vocabulary) + next;
            pairs.TryGetValue(pair, out int count);
            double alone = (single[next] + 1.0) / (i - 1 + vocabulary);
            nats -= Math.Log((count + alone) / (before[last] + 1));
            pairs[pair] = count + 1;
            before[last]++;
            single[next]++;
        }

        return nats;
    }
}
