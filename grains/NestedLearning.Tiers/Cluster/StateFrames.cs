using NestedLearning.Models;
using NestedLearning.Tensors;

namespace NestedLearning.Tiers;

/// <summary>States as frames of the kind <see cref="FrameKind.Snapshot"/>, whose tensors may carry a prefix for each part.</summary>
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

    /// <summary>Adds a part's tensors under a prefix.</summary>
    public static void AddPart(this TensorSet state, string prefix, TensorSet part)
    {
        foreach (NamedTensor tensor in part)
        {
            state.Add(tensor with { Name = prefix + tensor.Name });
        }
    }

    /// <summary>The part under a prefix, with its own names again.</summary>
    public static TensorSet Part(this TensorSet state, string prefix)
    {
        TensorSet part = [];
        foreach (NamedTensor tensor in state.Where(tensor => tensor.Name.StartsWith(prefix, StringComparison.Ordinal)))
        {
            part.Add(tensor with { Name = tensor.Name[prefix.Length..] });
        }

        return part;
    }
}
