using NestedLearning.Tensors;

namespace NestedLearning.Tiers;

/// <summary>The one unit that crosses a tier or is stored as state; <see cref="FrameCodec"/> turns it into bytes.</summary>
/// <param name="Header">Where it belongs.</param>
/// <param name="Tensors">Its body, in the order in which it is encoded.</param>
public sealed record Frame(FrameHeader Header, TensorSet Tensors);
