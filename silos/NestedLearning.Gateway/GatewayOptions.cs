namespace NestedLearning.Gateway;

/// <summary>What the gateway takes; all of it is checked when it starts.</summary>
public sealed class GatewayOptions
{
    /// <summary>
    /// The longest line of events in bytes, 1,024 to 67,108,864; default 8 MiB, room for the longest text of any model.
    /// A connection takes twice as much memory in the worst case.
    /// </summary>
    public int MaxLineBytes { get; set; } = 8 * 1024 * 1024;

    /// <summary>
    /// How many events are learned between two receipts at most, 1 to 4,096; default 256. More is faster, and lets one
    /// connection keep a memory longer from others.
    /// </summary>
    public int MaxBatchEvents { get; set; } = 256;

    /// <summary>The longest body that is not a stream of events, 1,024 to 268,435,456 bytes; default 32 MiB.</summary>
    public int MaxBodyBytes { get; set; } = 32 * 1024 * 1024;

    /// <summary>How many questions one request may ask, 1 to 65,536; default 1,024.</summary>
    public int MaxInputs { get; set; } = 1024;
}
