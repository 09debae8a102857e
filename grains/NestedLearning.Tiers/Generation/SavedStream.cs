using NestedLearning.Tensors;

namespace NestedLearning.Tiers;

/// <summary>
/// The state of a stream outside of the process: a frame that names its model and its tenant. Whoever has it can go on anywhere; nobody
/// has to keep it.
/// </summary>
public static class SavedStream
{
    /// <summary>The state as one blob.</summary>
    public static byte[] Encode(MemoryAddress memory, TensorSet state) =>
        StateFrames.Encode(new FrameHeader(FrameKind.Snapshot, memory.Model) { Source = memory.Source }, state, EncodingPolicy.Lossless);

    /// <summary>Reads what <see cref="Encode"/> gave.</summary>
    /// <param name="memory">Whose stream it has to be.</param>
    /// <param name="bytes">The blob.</param>
    /// <param name="maxBytes">The longest that is read.</param>
    /// <exception cref="FrameException">It is damaged, too long, or of another model or tenant.</exception>
    public static TensorSet Decode(MemoryAddress memory, ReadOnlyMemory<byte> bytes, int maxBytes)
    {
        Frame frame = FrameCodec.Decode(bytes, new FrameLimits(maxFrameBytes: maxBytes, maxTensors: 65_536, maxElements: maxBytes, maxExpandedElements: maxBytes));
        return frame.Header.Kind == FrameKind.Snapshot && frame.Header.Model == memory.Model && frame.Header.Source == memory.Source
            ? frame.Tensors
            : throw new FrameException(FrameProblem.BadValue, nameof(frame.Header.Source), $"makes it a {frame.Header.Kind} of '{frame.Header.Model}/{frame.Header.Source}', accepted is a stream of '{memory}'");
    }
}
