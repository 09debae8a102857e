namespace NestedLearning.Grains;

/// <summary>How calls between tiers are made again when a silo goes.</summary>
public sealed class TierCallOptions
{
    /// <summary>
    /// How often a call is repeated, at least 0; default 40, which with the default pauses gives a cluster about three
    /// minutes to notice that a silo is gone.
    /// </summary>
    public int MaxRetries { get; set; } = 40;

    /// <summary>The first pause; each is about twice the one before, with jitter. Default 0.1 seconds.</summary>
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromSeconds(0.1);

    /// <summary>The longest pause; default 5 seconds.</summary>
    public TimeSpan MaxRetryDelay { get; set; } = TimeSpan.FromSeconds(5);
}
