namespace NestedLearning.Cli.Data;

/// <summary>What to take of the SDK's messages.</summary>
internal sealed record DotnetMessagesOptions
{
    /// <summary>The languages in the order of their tasks, such as "de" or "pt-br"; null, the default, for all 13.</summary>
    public IReadOnlyList<string>? Languages { get; init; }

    /// <summary>The most messages of a language, training and test together, from 1; null, the default, for all.</summary>
    public int? MaxPerLanguage { get; init; }

    /// <summary>The most messages of a component in a language, training and test together, from 1; null for all.</summary>
    public int? MaxPerComponent { get; init; }

    /// <summary>
    /// Whether each component is kept in one language only, dealt in turn from the largest on, so that every language
    /// has components of its own; default false.
    /// </summary>
    public bool DealComponents { get; init; }

    /// <summary>The number of components kept, those with the most messages, from 1; null, the default, for all.</summary>
    public int? Components { get; init; }

    /// <summary>The share of the keys that are for testing, above 0 to below 1; default 0.2.</summary>
    public double TestShare { get; init; } = 0.2;

    /// <summary>Decides the sample, the cut into training and test, and the order; default 1.</summary>
    public ulong Seed { get; init; } = 1;
}
