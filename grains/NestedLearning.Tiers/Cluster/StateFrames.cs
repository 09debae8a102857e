using NestedLearning.Models;
using NestedLearning.Tensors;

namespace NestedLearning.Tiers;

/// <summary>States as frames of the kind <see cref="FrameKind.Snapshot"/>.</summary>
internal static class StateFrames
{
    /// <summary>A state is the tier's own, so the only limit is what one array can hold.</summary>
    public static FrameLimits Limits { get; } = new(maxFrameBytes: Array.MaxLength, maxTensors: 65_536, maxElements: Array.MaxLength, maxExpandedElements: Array.MaxLength);

    public static byte[] Encode(FrameHeader header, TensorSet tensors, IEncodingPolicy encodings) =>
        FrameCodec.Encode(new Frame(header, tensors), encodings);

    /// <exception cref="FrameException">The bytes are not a whole state of this model.</exception>
    public static TensorSet Decode(ReadOnlyMemory<byte> state, ModelId model)
    {
        Frame frame = FrameCodec.Decode(state, Limits);
        return frame.Header.Kind == FrameKind.Snapshot && frame.Header.Model == model
            ? frame.Tensors
            : throw new FrameException(
                FrameProblem.BadValue, nameof(frame.Header.Kind), $"makes it a {frame.Header.Kind} of '{frame.Header.Model}', accepted is a state of '{model}'");
    }
}
