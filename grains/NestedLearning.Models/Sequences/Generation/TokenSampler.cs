using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>
/// Draws tokens. A draw depends on the seed, the position and the logits only, so a stream that was interrupted goes on as if it had not been.
/// </summary>
public sealed class TokenSampler(GenerationOptions options)
{
    /// <summary>The token after a position.</summary>
    /// <param name="logits">One for each token; overwritten.</param>
    /// <param name="position">How many tokens are before it.</param>
    public int Draw(Span<float> logits, long position)
    {
        if (options.Temperature == 0)
        {
            return Vectors.ArgMax(logits);
        }

        KeepLikeliest(logits);
        float largest = logits[Vectors.ArgMax(logits)];
        foreach (ref float logit in logits)
        {
            // Less the largest first, lest a low temperature overflow.
            logit = (float)((logit - (double)largest) / options.Temperature);
        }

        Softmax.Apply(logits);
        double left = Uniform(position);
        for (int token = 0; token < logits.Length; token++)
        {
            left -= logits[token];
            if (left < 0)
            {
                return token;
            }
        }

        // Probabilities add up to 1 but for their rounding.
        return Vectors.ArgMax(logits);
    }

    /// <summary>Rules out all but the likeliest tokens; of equals the lower ones stay.</summary>
    private void KeepLikeliest(Span<float> logits)
    {
        if (options.TopCount is not { } count || count >= logits.Length)
        {
            return;
        }

        float[] sorted = logits.ToArray();
        Array.Sort(sorted);
        float least = sorted[^count];
        int equals = count - sorted.Count(logit => logit > least);
        foreach (ref float logit in logits)
        {
            bool stays = logit > least || (logit == least && equals-- > 0);
            logit = stays ? logit : float.NegativeInfinity;
        }
    }

    private double Uniform(long position)
    {
        const double step = 1.0 / (1 << 24);
        Span<float> parts = stackalloc float[2];
        SeededValues.Uniform(unchecked((options.Seed * 0xD1342543DE82EF95) + (ulong)position), parts);
        return parts[0] + (parts[1] * step);
    }
}
