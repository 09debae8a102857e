namespace NestedLearning.Models;

/// <summary>What a sequence model accepts from outside. What passes here never fails further in.</summary>
internal sealed class SequenceGuard(SequenceSpec spec)
{
    /// <summary>No token stands for more characters of a text that is worth being counted in tokens.</summary>
    private const int MaxTextLength = 4 * SequenceSpec.MaxTextTokens;

    /// <summary>The tokens of a text, at least so many.</summary>
    /// <exception cref="InvalidInputException">It has fewer or too many, or the model takes no texts, or not this one.</exception>
    public int[] TokensOf(TextInput input, int least)
    {
        ITokenizer tokenizer = spec.Tokenizer?.Make() ?? throw new InvalidInputException("input", "is a text", "tokens, as the model has no tokenizer");
        string text = input.Text ?? throw new InvalidInputException("text", "is null", "a text");
        if (text.Length > MaxTextLength)
        {
            throw new InvalidInputException("text", $"has {text.Length} characters", $"up to {MaxTextLength}");
        }

        try
        {
            int[] tokens = tokenizer.Encode(text);
            return tokens.Length >= least && tokens.Length <= SequenceSpec.MaxTextTokens
                ? tokens
                : throw new InvalidInputException("text", $"has {tokens.Length} tokens", $"{least} to {SequenceSpec.MaxTextTokens}");
        }
        catch (UnknownCharacterException error)
        {
            throw new InvalidInputException("text", error.Message);
        }
    }

    /// <summary>Windows of the model's tokens, each with at least and at most so many.</summary>
    /// <exception cref="InvalidInputException">It is something else.</exception>
    public TokenInput Checked(ModelInput input, int least, int most)
    {
        if (input is not TokenInput tokens)
        {
            throw new InvalidInputException("input", $"is a {input?.GetType().Name ?? "null"}", spec.Tokenizer is null ? "tokens" : "a text or tokens");
        }

        int count = tokens.Tokens.Length;
        if (count > SequenceSpec.MaxTokens || tokens.Windows < 1 || count % tokens.Windows != 0 || count / tokens.Windows < least || count / tokens.Windows > most)
        {
            throw new InvalidInputException(
                "tokens", $"are {count} in {tokens.Windows} windows", $"up to {SequenceSpec.MaxTokens}, the same number of {least} to {most} in each window");
        }

        foreach (int token in tokens.Tokens.Span)
        {
            if (token < 0 || token >= spec.Model.Vocabulary)
            {
                throw new InvalidInputException("tokens", $"hold {token}", $"0 to {spec.Model.Vocabulary - 1}");
            }
        }

        return tokens;
    }
}
