namespace NestedLearning.Models;

/// <summary>What one line of a data set may hold; whatever is larger is refused before it is taken into memory.</summary>
public sealed record ReadingLimits
{
    /// <summary>The longest line in bytes, and the longest CSV record; default 16 MiB.</summary>
    public int MaxLineBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>The longest text in UTF-16 code units; default 65,536.</summary>
    public int MaxTextLength { get; init; } = 65_536;

    /// <summary>The longest label, task or split in UTF-16 code units; default 1,024.</summary>
    public int MaxNameLength { get; init; } = 1_024;

    /// <summary>The most tokens of an event or a question, where they are given in place of a text; default 65,536.</summary>
    public int MaxTokens { get; init; } = SequenceSpec.MaxTextTokens;

    /// <summary>The number of features; indices lie below it; 1 to 65,536, the default.</summary>
    public int Features { get; init; } = 65_536;
}
