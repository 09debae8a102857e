namespace NestedLearning.Models;

/// <summary>How a text goes on.</summary>
public sealed record GenerationOptions
{
    /// <summary>
    /// What logits are divided by, 0 to 100; default 0.8. The lower, the likelier are likely tokens; at 0 the likeliest is taken always, at 1
    /// they are drawn as the model expects them.
    /// </summary>
    public double Temperature { get; init; } = 0.8;

    /// <summary>From how many of the likeliest tokens one is drawn, 1 or more; null, the default, for all.</summary>
    public int? TopCount { get; init; }

    /// <summary>What the draws depend on, together with the position in the stream; default 1.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>The most tokens that are added, 1 to 1,000,000,000; default 256.</summary>
    public int MaxTokens { get; init; } = 256;

    /// <summary>Texts that end it, none of them empty; they are not given out themselves. None by default.</summary>
    public IReadOnlyList<string> StopTexts { get; init; } = [];

    /// <summary>Tokens that end it, of the model's vocabulary; they are not given out themselves. None by default.</summary>
    public IReadOnlyList<int> StopTokens { get; init; } = [];

    /// <summary>Reports every violation at once.</summary>
    /// <param name="vocabulary">How many tokens the model knows.</param>
    /// <exception cref="InvalidGenerationException">At least one option is out of its range.</exception>
    public void Validate(int vocabulary)
    {
        List<string> violations = [];
        Check(Temperature is >= 0 and <= 100, nameof(Temperature), Temperature, "0 to 100");
        Check(TopCount is null or >= 1, nameof(TopCount), TopCount, "1 or more, or none");
        Check(MaxTokens is >= 1 and <= 1_000_000_000, nameof(MaxTokens), MaxTokens, "1 to 1000000000");
        Check(StopTexts.All(text => text.Length > 0), nameof(StopTexts), "an empty text", "texts that are not empty");
        foreach (int token in StopTokens)
        {
            Check(token >= 0 && token < vocabulary, nameof(StopTokens), token, $"0 to {vocabulary - 1}");
        }

        if (violations.Count > 0)
        {
            throw new InvalidGenerationException(violations);
        }

        void Check<T>(bool holds, string option, T value, string accepted)
        {
            if (!holds)
            {
                violations.Add(FormattableString.Invariant($"{option} is {value}, accepted: {accepted}"));
            }
        }
    }
}
