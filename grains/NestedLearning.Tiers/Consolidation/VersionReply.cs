namespace NestedLearning.Tiers;

/// <summary>The answer to a memory that pulls: how to get from its version to the newest durable one.</summary>
/// <param name="Frames">A whole version, or the differences that lead to it, in order; none when it is up to date.</param>
/// <param name="Version">The version that they lead to.</param>
/// <param name="Marks">What of the memory's own updates is applied; the version contains the durable ones.</param>
public sealed record VersionReply(IReadOnlyList<ReadOnlyMemory<byte>> Frames, long Version, Receipt Marks)
{
    /// <summary>The bytes that cross the network.</summary>
    public long SizeBytes => Frames.Sum(frame => (long)frame.Length);
}
