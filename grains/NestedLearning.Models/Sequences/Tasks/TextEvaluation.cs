using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>Scores how well a model expects a text. Each token but the first is expected once, in either form.</summary>
public static class TextEvaluation
{
    /// <summary>As one stream, from whose start on the model may remember everything. Memory does not grow with the text, but for softmax attention.</summary>
    /// <param name="model">The model.</param>
    /// <param name="tokenizer">What made the tokens.</param>
    /// <param name="tokens">The text, 2 tokens or more.</param>
    /// <param name="chunk">How many tokens are read at once, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are too few tokens, or the chunk is, or a token is not in the vocabulary.</exception>
    public static TextScore AsStream(SequenceModel model, ITokenizer tokenizer, ReadOnlyMemory<int> tokens, int chunk = TaskEvaluation.DefaultChunk)
    {
        Require(tokens, chunk);
        using SequenceStream stream = new(model);
        double nats = 0;
        for (int start = 0; start < tokens.Length - 1; start += chunk)
        {
            nats += Read(stream, tokens, start, Math.Min(chunk, tokens.Length - 1 - start));
        }

        return Score(tokenizer, tokens, nats);
    }

    /// <summary>In windows that are next to each other, in each of which the model remembers that window only, as in training.</summary>
    /// <param name="model">The model.</param>
    /// <param name="tokenizer">What made the tokens.</param>
    /// <param name="tokens">The text, 2 tokens or more.</param>
    /// <param name="window">How many tokens a window has, 1 or more; the last may be shorter.</param>
    /// <param name="batch">How many windows are read at once, 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are too few tokens, or the window or the batch is, or a token is not in the vocabulary.</exception>
    public static TextScore InWindows(SequenceModel model, ITokenizer tokenizer, ReadOnlyMemory<int> tokens, int window, int batch = 12) =>
        InWindows(windows => NatsOf(model, windows), tokenizer, tokens, window, batch);

    /// <summary>The same for whatever says what windows cost, in nats.</summary>
    internal static TextScore InWindows(Func<TokenWindows, double> natsOf, ITokenizer tokenizer, ReadOnlyMemory<int> tokens, int window, int batch)
    {
        Require(tokens, window);
        ArgumentOutOfRangeException.ThrowIfLessThan(batch, 1);
        (int whole, int rest) = Math.DivRem(tokens.Length - 1, window);
        double nats = 0;
        for (int first = 0; first < whole; first += batch)
        {
            int[] starts = [.. Enumerable.Range(first, Math.Min(batch, whole - first)).Select(i => i * window)];
            nats += natsOf(TokenWindows.At(tokens, starts, window));
        }

        nats += rest == 0 ? 0 : natsOf(TokenWindows.At(tokens, [whole * window], rest));
        return Score(tokenizer, tokens, nats);
    }

    private static double NatsOf(SequenceModel model, TokenWindows windows)
    {
        using Tape tape = new(model.Backend);
        using IDisposable pause = tape.NoGradient();
        Variable mean = CrossEntropy.Mean(model.Read(tape, windows.Tokens, windows.Count).Logits, windows.Targets);
        return mean.ToArray()[0] * (double)windows.Targets.Length;
    }

    /// <summary>The nats of the tokens after those that are read.</summary>
    private static double Read(SequenceStream stream, ReadOnlyMemory<int> tokens, int start, int count) =>
        stream.Read(tokens.Slice(start, count), logits => (double)CrossEntropy.Mean(logits, tokens.Slice(start + 1, count)).ToArray()[0] * count);

    private static void Require(ReadOnlyMemory<int> tokens, int length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(tokens.Length, 2, nameof(tokens));
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1, nameof(length));
    }

    private static TextScore Score(ITokenizer tokenizer, ReadOnlyMemory<int> tokens, double nats) =>
        new(tokens.Length - 1, tokenizer.CountBytes(tokens.Span[1..]), nats);
}
