namespace NestedLearning.Grains;

/// <summary>How a silo lies to the storage.</summary>
public static class StorageKinds
{
    /// <summary>Stable and close: consolidators are placed there.</summary>
    public const string Near = "near";

    /// <summary>Far away, or likely to go: a machine of a spot market, or one with a GPU that others need.</summary>
    public const string Far = "far";

    /// <summary>What a silo can declare.</summary>
    internal static IReadOnlyList<string> Declarable { get; } = [Near, Far];
}
