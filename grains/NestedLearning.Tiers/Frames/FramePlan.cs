using NestedLearning.Tensors;

namespace NestedLearning.Tiers;

/// <summary>Where every part of a frame will lie, worked out before the first byte is written.</summary>
internal sealed class FramePlan
{
    private FramePlan(Frame frame, IReadOnlyList<TensorCodec> codecs, IReadOnlyList<TensorEntry> entries, long length)
    {
        Frame = frame;
        Codecs = codecs;
        Entries = entries;
        Length = length;
    }

    public Frame Frame { get; }

    /// <summary>What writes each tensor, in their order.</summary>
    public IReadOnlyList<TensorCodec> Codecs { get; }

    /// <summary>The directory, in the order of the tensors.</summary>
    public IReadOnlyList<TensorEntry> Entries { get; }

    /// <summary>The bytes of the whole frame, checksum included.</summary>
    public long Length { get; }

    /// <summary>Checks everything but the values, and places every payload.</summary>
    /// <exception cref="FrameException">The header, a name, a shape or an encoding is refused, or the frame is too large.</exception>
    public static FramePlan Make(Frame frame, IEncodingPolicy policy)
    {
        FrameRules.Check(frame.Header);
        TensorCodec[] codecs = new TensorCodec[frame.Tensors.Count];
        TensorEntry[] entries = new TensorEntry[codecs.Length];
        long end = FrameFormat.FixedHeaderBytes + IdBytes(frame.Header);
        for (int i = 0; i < entries.Length; i++)
        {
            (codecs[i], entries[i]) = Describe(frame.Tensors[i], policy);
            end += entries[i].Size;
        }

        for (int i = 0; i < entries.Length; i++)
        {
            long offset = FrameFormat.PayloadOffset(end, entries[i].Length);
            entries[i] = entries[i] with { Offset = offset };
            end = Math.Max(end, offset + entries[i].Length);
        }

        long length = end + FrameFormat.ChecksumBytes;
        return length <= Array.MaxLength
            ? new FramePlan(frame, codecs, entries, length)
            : throw new FrameException(FrameProblem.TooLarge, nameof(Length), $"would be {length} bytes, accepted are {Array.MaxLength}");
    }

    private static (TensorCodec Codec, TensorEntry Entry) Describe(NamedTensor tensor, IEncodingPolicy policy)
    {
        FrameRules.CheckName(tensor.Name);
        EncodingChoice choice = policy.Choose(tensor);
        TensorCodec codec = TensorCodecs.For(choice, tensor.Name);
        return (codec, new TensorEntry(tensor.Name, choice.Encoding, codec.Shape(tensor), Offset: 0, codec.Size(tensor)));
    }

    private static int IdBytes(FrameHeader header) =>
        3 + header.Model.Value.Length + (header.Level?.Value.Length ?? 0) + (header.Source?.Value.Length ?? 0);
}
