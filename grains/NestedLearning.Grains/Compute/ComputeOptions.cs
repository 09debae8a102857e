namespace NestedLearning.Grains;

/// <summary>How a silo computes.</summary>
public sealed class ComputeOptions
{
    /// <summary>How many threads compute at a time, 1 to 1,024; default: the processor's cores.</summary>
    public int Threads { get; set; } = Environment.ProcessorCount;

    /// <summary>
    /// How many pieces of work may wait, 1 to 1,048,576; default 4,096. More smooths bursts; less lets senders know
    /// earlier that the silo is behind.
    /// </summary>
    public int Capacity { get; set; } = 4096;
}
