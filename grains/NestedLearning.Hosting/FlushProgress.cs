using NestedLearning.Tiers;

namespace NestedLearning.Hosting;

/// <summary>How far a flush came.</summary>
/// <param name="Marks">What is durable of the source's sequence numbers.</param>
/// <param name="IsSettled">Whether everything sent is durable above and adopted; else the same flush has to be asked again.</param>
public sealed record FlushProgress(Receipt Marks, bool IsSettled);
