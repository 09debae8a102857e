using NestedLearning.Tiers;

namespace NestedLearning.Hosting;

/// <summary>A level for a checkpoint.</summary>
/// <param name="Version">The version.</param>
/// <param name="Frames">It and what the level has absorbed with it; <see cref="CheckpointFrames"/> reads them.</param>
public sealed record CheckpointReply(long Version, IReadOnlyList<ReadOnlyMemory<byte>> Frames);
