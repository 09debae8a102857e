namespace NestedLearning.Hosting;

/// <summary>How much a process generates.</summary>
public sealed record GenerationLimits
{
    /// <summary>The most texts that are under way at once; further ones are refused as busy. Default 64.</summary>
    public int MaxOpen { get; init; } = 64;

    /// <summary>The most tokens of a prompt; default 65,536.</summary>
    public int MaxPromptTokens { get; init; } = 65_536;

    /// <summary>The most tokens that are added to a prompt; default 16,384.</summary>
    public int MaxTokens { get; init; } = 16_384;

    /// <summary>The longest text that ends one, in characters.</summary>
    public const int MaxStopLength = 256;

    /// <summary>The most texts that end one; default 16.</summary>
    public int MaxStopTexts { get; init; } = 16;

    /// <summary>The longest state of a stream that is given out or taken in, in bytes; default 16 MiB.</summary>
    public int MaxStateBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>The most bytes of parameters that are kept, those in use among them; default 1 GiB.</summary>
    public long MaxModelBytes { get; init; } = 1L << 30;
}
