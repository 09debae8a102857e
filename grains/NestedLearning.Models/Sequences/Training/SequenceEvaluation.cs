using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>How well a sequence model predicts a text that it does not learn from.</summary>
public static class SequenceEvaluation
{
    /// <summary>
    /// The mean of <c>−log p</c> over every token of a text but the first, in nats. The text is cut into windows of so many tokens, each of
    /// which begins knowing nothing; the last one may be shorter.
    /// </summary>
    /// <exception cref="ArgumentException">The text has fewer than two tokens.</exception>
    public static double Loss(SequenceModel model, ReadOnlyMemory<int> text, int length, int batch = 12)
    {
        if (text.Length < 2)
        {
            throw new ArgumentException($"The text has {text.Length} tokens, accepted: at least 2.", nameof(text));
        }

        int whole = (text.Length - 1) / length;
        double sum = 0;
        for (int first = 0; first < whole; first += batch)
        {
            int[] starts = [.. Enumerable.Range(first, Math.Min(batch, whole - first)).Select(i => i * length)];
            sum += SumOf(model, TokenWindows.At(text, starts, length));
        }

        int rest = text.Length - 1 - (whole * length);
        if (rest > 0)
        {
            sum += SumOf(model, TokenWindows.At(text, [whole * length], rest));
        }

        return sum / (text.Length - 1);
    }

    /// <summary>The same for the text as one stream, which is read in pieces and never begins anew.</summary>
    /// <exception cref="ArgumentException">The text has fewer than two tokens.</exception>
    public static double StreamLoss(SequenceModel model, ReadOnlyMemory<int> text, int piece = 256)
    {
        if (text.Length < 2)
        {
            throw new ArgumentException($"The text has {text.Length} tokens, accepted: at least 2.", nameof(text));
        }

        double sum = 0;
        StreamState? state = null;
        for (int start = 0; start < text.Length - 1; start += piece)
        {
            TokenWindows window = TokenWindows.At(text, [start], Math.Min(piece, text.Length - 1 - start));
            using Tape tape = new(model.Backend);
            using IDisposable pause = tape.NoGradient();
            SequencePass pass = model.Read(tape, window.Tokens, 1, state);
            sum += CrossEntropy.Mean(pass.Logits, window.Targets).ToArray()[0] * window.Targets.Length;
            StreamState next = pass.Keep();
            state?.Dispose();
            state = next;
        }

        state?.Dispose();
        return sum / (text.Length - 1);
    }

    private static double SumOf(SequenceModel model, TokenWindows windows)
    {
        using Tape tape = new(model.Backend);
        using IDisposable pause = tape.NoGradient();
        Variable loss = CrossEntropy.Mean(model.Read(tape, windows.Tokens, windows.Count).Logits, windows.Targets);
        return loss.ToArray()[0] * (double)windows.Targets.Length;
    }
}
