namespace NestedLearning.Grains;

/// <summary>Where grains are placed. Every silo of a cluster should have the same settings: whichever is called decides.</summary>
public sealed class TierPlacementOptions
{
    /// <summary>
    /// The compute for the memories of models that <see cref="ModelCompute"/> does not name, one of
    /// <see cref="ComputeKinds"/>; default <see cref="ComputeKinds.Any"/>.
    /// </summary>
    public string DefaultCompute { get; set; } = ComputeKinds.Any;

    /// <summary>The compute for the memories of single models, by the model's name; default none.</summary>
    public IDictionary<string, string> ModelCompute { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>
    /// What to do when no silo has it; default <see cref="PlacementFallback.AnySilo"/>, which favours answers over speed.
    /// </summary>
    public PlacementFallback Fallback { get; set; }
}
