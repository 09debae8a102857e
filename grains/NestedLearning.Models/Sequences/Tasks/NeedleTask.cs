namespace NestedLearning.Models;

/// <summary>
/// A needle in a haystack: a long text without meaning, in which numbers are hidden, and at the end the question for one of them. It is
/// right if all of its digits are.
/// </summary>
/// <remarks>One who has found the numbers of <see cref="NeedleKind.MultiKey"/> but not whose they are is right once in as many answers.</remarks>
public sealed class NeedleTask : ISequenceTask
{
    /// <summary>The text in which needles are hidden when no other is given (as in arXiv 2305.16300).</summary>
    public const string Filler = "The grass is green. The sky is blue. The sun is yellow. Here we go. There and back again. ";

    private readonly NeedleSettings _settings;
    private readonly NeedleText _text;
    private readonly ITokenizer _tokenizer;
    private readonly int[] _filler;

    /// <summary>A task in the tokens of a tokenizer, which has those of the digits, of English letters and of the filler.</summary>
    /// <param name="tokenizer">What makes tokens of the text.</param>
    /// <param name="settings">What is hidden.</param>
    /// <param name="filler">The text around it, which is repeated; of 1 token or more.</param>
    /// <exception cref="InvalidTaskException">At least one setting is out of its range.</exception>
    /// <exception cref="UnknownCharacterException">The tokenizer lacks a character.</exception>
    public NeedleTask(ITokenizer tokenizer, NeedleSettings settings, string filler = Filler)
    {
        TaskViolations violations = new();
        violations.Check(Enum.IsDefined(settings.Kind), nameof(settings.Kind), settings.Kind, string.Join(", ", Enum.GetNames<NeedleKind>()));
        violations.CheckRange(nameof(settings.Digits), settings.Digits, 1, 9);
        violations.CheckRange(nameof(settings.Needles), settings.Needles, 2, NeedleText.Cities.Count);
        violations.Check(settings.Depth is null or (>= 0 and <= 1), nameof(settings.Depth), settings.Depth, "0 to 1, or none");
        violations.Check(filler.Length > 0, nameof(filler), "empty", "1 token or more");
        violations.Throw();

        _settings = settings;
        _tokenizer = tokenizer;
        _text = new NeedleText(settings);
        _filler = tokenizer.Encode(filler);

        // A character without a token is to be found now, not in the midst of a run.
        tokenizer.Encode(NeedleText.Characters);
        int least = _text.Longest.Sum(part => tokenizer.Encode(part).Length);
        violations.CheckRange(nameof(settings.Length), settings.Length, least, 1 << 20);
        violations.Throw();
    }

    /// <inheritdoc/>
    public string Name => _settings.Kind switch
    {
        NeedleKind.PassKey => "needle-pass-key",
        NeedleKind.Number => "needle-number",
        _ => "needle-multi-key",
    };

    /// <inheritdoc/>
    public int Vocabulary => _tokenizer.Vocabulary;

    /// <inheritdoc/>
    public int Length => _settings.Length;

    /// <inheritdoc/>
    public double Chance => Math.Pow(10, -_settings.Digits);

    /// <inheritdoc/>
    public TaskBatch Draw(Random random, int streams)
    {
        int[] tokens = new int[streams * Length];
        TaskAnswer[] answers = new TaskAnswer[streams];
        for (int stream = 0; stream < streams; stream++)
        {
            NeedleWords words = _text.Draw(random);
            int[] answer = _tokenizer.Encode(words.Answer);

            // The stream goes on with all of the answer but its last token, so that each is asked for.
            int[] end = [.. _tokenizer.Encode(words.Question), .. answer[..^1]];
            Hide(words.Needles, tokens.AsSpan(stream * Length, Length - end.Length), random);
            end.CopyTo(tokens, ((stream + 1) * Length) - end.Length);
            answers[stream] = new TaskAnswer(stream, Length - answer.Length, answer);
        }

        return new TaskBatch(streams, tokens, answers);
    }

    /// <summary>Fills a text with the filler, from a random place on, and the needles, of which the first is at the depth that was set.</summary>
    private void Hide(IReadOnlyList<string> needles, Span<int> text, Random random)
    {
        int[][] hidden = [.. needles.Select(_tokenizer.Encode)];
        int around = text.Length - hidden.Sum(needle => needle.Length);
        int[] depths = Array.ConvertAll(hidden, _ => random.Next(around + 1));
        depths[0] = _settings.Depth is { } share ? (int)Math.Round(share * around) : depths[0];
        Array.Sort(depths, hidden);

        int from = random.Next(_filler.Length);
        int position = 0;
        int used = 0;
        foreach ((int depth, int[] needle) in depths.Zip(hidden))
        {
            Fill(text, depth - used);
            needle.CopyTo(text[position..]);
            position += needle.Length;
        }

        Fill(text, around - used);

        void Fill(Span<int> text, int count)
        {
            for (int i = 0; i < count; i++)
            {
                text[position++] = _filler[(from + used++) % _filler.Length];
            }
        }
    }
}
