namespace NestedLearning.Models;

/// <summary>Windows of a text: some tokens, and for each the one that follows.</summary>
/// <param name="Tokens">[windows, length], row-major.</param>
/// <param name="Targets">[windows, length].</param>
/// <param name="Count">How many windows there are.</param>
public sealed record TokenWindows(int[] Tokens, int[] Targets, int Count)
{
    /// <summary>Windows that begin at these places.</summary>
    public static TokenWindows At(ReadOnlyMemory<int> text, ReadOnlySpan<int> starts, int length)
    {
        int[] tokens = new int[starts.Length * length];
        int[] targets = new int[starts.Length * length];
        for (int i = 0; i < starts.Length; i++)
        {
            text.Span.Slice(starts[i], length).CopyTo(tokens.AsSpan(i * length));
            text.Span.Slice(starts[i] + 1, length).CopyTo(targets.AsSpan(i * length));
        }

        return new TokenWindows(tokens, targets, starts.Length);
    }

    /// <summary>One window alone.</summary>
    internal TokenWindows Part(int window)
    {
        int length = Tokens.Length / Count;
        return new TokenWindows(Tokens.AsSpan(window * length, length).ToArray(), Targets.AsSpan(window * length, length).ToArray(), 1);
    }

    /// <summary>Some of the windows, as an event.</summary>
    public TokenInput Input(int first, int count)
    {
        int length = Tokens.Length / Count;
        int[] tokens = new int[count * (length + 1)];
        for (int i = 0; i < count; i++)
        {
            Tokens.AsSpan((first + i) * length, length).CopyTo(tokens.AsSpan(i * (length + 1)));
            tokens[(i * (length + 1)) + length] = Targets[((first + i) * length) + length - 1];
        }

        return new TokenInput(tokens, count);
    }

    /// <summary>The windows of an event, all of one length.</summary>
    public static TokenWindows Of(TokenInput input)
    {
        int length = (input.Tokens.Length / input.Windows) - 1;
        return At(input.Tokens, [.. Enumerable.Range(0, input.Windows).Select(i => i * (length + 1))], length);
    }

    /// <summary>
    /// The windows of a whole text, each of which begins with the last token of the one before, so that every token but the first is predicted
    /// once. They come in groups: up to so many of full length at once, and a shorter one at the end where the text leaves one.
    /// </summary>
    /// <exception cref="ArgumentException">The text has fewer than two tokens.</exception>
    public static IReadOnlyList<TokenWindows> Cut(ReadOnlyMemory<int> text, int length, int most)
    {
        if (text.Length < 2)
        {
            throw new ArgumentException($"The text has {text.Length} tokens, accepted: at least 2.", nameof(text));
        }

        (int whole, int rest) = Math.DivRem(text.Length - 1, length);
        List<TokenWindows> groups = [.. Enumerable.Range(0, whole).Select(i => i * length).Chunk(most).Select(starts => At(text, starts, length))];
        if (rest > 0)
        {
            groups.Add(At(text, [whole * length], rest));
        }

        return groups;
    }

    /// <summary>The same windows in groups of at most so many.</summary>
    public IReadOnlyList<TokenWindows> InGroups(int most)
    {
        if (Count <= most)
        {
            return [this];
        }

        int length = Tokens.Length / Count;
        return [.. Tokens.Chunk(most * length).Zip(Targets.Chunk(most * length), (tokens, targets) => new TokenWindows(tokens, targets, tokens.Length / length))];
    }

    /// <summary>Windows drawn at random; which they are follows from the seed and the step alone, so a run that goes on draws the same.</summary>
    /// <exception cref="ArgumentException">The text is shorter than a window and the token after it.</exception>
    public static TokenWindows Draw(ReadOnlyMemory<int> text, int count, int length, ulong seed, long step)
    {
        if (text.Length <= length)
        {
            throw new ArgumentException($"The text has {text.Length} tokens, accepted for windows of {length}: more than that.", nameof(text));
        }

        Random random = new(HashCode32(seed, step));
        int[] starts = new int[count];
        for (int i = 0; i < count; i++)
        {
            starts[i] = random.Next(text.Length - length);
        }

        return At(text, starts, length);
    }

    /// <summary>Murmur3's finalizer: seeds of neighbouring steps have nothing in common.</summary>
    private static int HashCode32(ulong seed, long step)
    {
        ulong hash = unchecked(seed + ((ulong)step * 0x9E3779B97F4A7C15));
        hash = unchecked((hash ^ (hash >> 33)) * 0xFF51AFD7ED558CCD);
        hash = unchecked((hash ^ (hash >> 33)) * 0xC4CEB9FE1A85EC53);
        return (int)(hash >> 33);
    }
}
