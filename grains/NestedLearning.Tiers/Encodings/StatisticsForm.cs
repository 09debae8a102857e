namespace NestedLearning.Tiers;

/// <summary>How additive statistics travel where a model offers both forms. Both are exact, sums up to float32.</summary>
public enum StatisticsForm
{
    /// <summary>Whichever is shorter once encoded.</summary>
    Shorter,

    /// <summary>What the sums are made of, event by event.</summary>
    Events,

    /// <summary>The sums themselves.</summary>
    Sums,
}
