namespace NestedLearning.Models;

/// <summary>How large the workloads are.</summary>
/// <param name="Products">Edges of square matrices.</param>
/// <param name="Width">Inputs and answers of the network; also columns of what is done row by row.</param>
/// <param name="Hidden">Units between its two layers.</param>
/// <param name="Batch">Rows of a batch.</param>
/// <param name="Rows">Rows of what is done row by row.</param>
/// <param name="Sequences">Sequences that write matrix memories, each with 4 heads of 32 x 32 and 64 tokens.</param>
public sealed record WorkloadSizes(IReadOnlyList<int> Products, int Width, int Hidden, int Batch, int Rows, int Sequences)
{
    /// <summary>What a processor computes in milliseconds.</summary>
    public static WorkloadSizes Processor { get; } = new([256, 512, 1024], 512, 2048, 32, 1024, 12);

    /// <summary>What keeps a GPU busy.</summary>
    public static WorkloadSizes Gpu { get; } = new([2048, 4096, 8192], 4096, 16384, 4096, 16384, 512);
}
