namespace NestedLearning.Models;

/// <summary>How well a model expects a text.</summary>
/// <param name="Tokens">The tokens that it had to expect.</param>
/// <param name="Bytes">The bytes of UTF-8 that these stand for.</param>
/// <param name="Nats">The sum of <c>−log p</c> of these tokens.</param>
public readonly record struct TextScore(long Tokens, long Bytes, double Nats)
{
    /// <summary>Nats per token.</summary>
    public double Loss => Nats / Tokens;

    /// <summary>Among how many equally likely tokens the next one would be as hard to guess.</summary>
    public double Perplexity => Math.Exp(Loss);

    /// <summary>Bits per byte of UTF-8, which can be compared between tokenizers.</summary>
    public double BitsPerByte => Nats / (Math.Log(2) * Bytes);
}
