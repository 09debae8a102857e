namespace NestedLearning.Models;

/// <summary>
/// How scores become an answer: each is multiplied by <c>(mean n / n_c)^balance</c>, which evens out rare and frequent
/// classes, and classes without events are left out. The scale never enters residuals or targets: there it would feed
/// back.
/// </summary>
internal static class ReadOut
{
    /// <summary>The best class and its scaled score; -1 and negative infinity while no class has events.</summary>
    public static (int Class, float Score) Best(ReadOnlySpan<float> scores, ReadOnlySpan<long> counts, float balance)
    {
        float mean = Mean(counts);
        (int Class, float Score) best = (-1, float.NegativeInfinity);
        for (int c = 0; c < scores.Length; c++)
        {
            float score = counts[c] == 0 ? float.NegativeInfinity : scores[c] * Scale(mean / counts[c], balance);
            if (score > best.Score)
            {
                best = (c, score);
            }
        }

        return best;
    }

    private static float Scale(float rarity, float balance) => balance switch
    {
        0 => 1,
        0.5f => MathF.Sqrt(rarity),
        _ => MathF.Pow(rarity, balance),
    };

    private static float Mean(ReadOnlySpan<long> counts)
    {
        long total = 0;
        int seen = 0;
        foreach (long count in counts)
        {
            total += count;
            seen += count > 0 ? 1 : 0;
        }

        return (float)total / Math.Max(seen, 1);
    }
}
