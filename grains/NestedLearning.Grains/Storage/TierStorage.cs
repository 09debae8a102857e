namespace NestedLearning.Grains;

/// <summary>The Orleans grain storage that keeps the tiers' states.</summary>
public static class TierStorage
{
    /// <summary>The name under which a silo registers it, and a <see cref="TierStateSerializer"/> with it.</summary>
    public const string ProviderName = "tiers";
}
