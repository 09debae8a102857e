using NestedLearning.Models;
using NestedLearning.Tensors;

namespace NestedLearning.Tiers;

/// <summary>
/// Turns a level's contributions into frames: statistics in the shorter of their forms, gradients and deltas with error
/// feedback. Not safe for concurrent use.
/// </summary>
internal sealed class UpdateEncoder(UpdateKind kind, UpdateEncodings encodings)
{
    private readonly IEncodingPolicy _policy = encodings.For(kind);
    private readonly ErrorFeedback _feedback = new(encodings.For(kind));

    /// <summary>The bytes that it keeps from update to update.</summary>
    public long SizeBytes => _feedback.SizeBytes;

    /// <exception cref="FrameException">A part of the contribution cannot be written, for example NaN.</exception>
    public byte[] Encode(FrameHeader header, Contribution contribution) => kind == UpdateKind.Statistics
        ? EncodeShorter(header, contribution)
        : _feedback.Encode(new Frame(header, contribution.Tensors));

    public void Save(TensorSet state, string prefix) => _feedback.Save(state, prefix);

    public void Load(TensorSet state, string prefix) => _feedback.Load(state, prefix);

    /// <summary>Sums are only made where they may be chosen; about how long they are is known before.</summary>
    private byte[] EncodeShorter(FrameHeader header, Contribution contribution)
    {
        Frame events = new(header, contribution.Tensors);
        if (contribution.Sums is null || encodings.Form == StatisticsForm.Events)
        {
            return FrameCodec.Encode(events, _policy);
        }

        long size = FrameCodec.Size(events, _policy);
        if (encodings.Form == StatisticsForm.Shorter && size <= contribution.Sums.SizeBytes / (encodings.CoarseSums ? 4 : 1))
        {
            return FrameCodec.Encode(events, _policy);
        }

        byte[] sums = EncodeSums(header, contribution.Sums.Make());
        return encodings.Form == StatisticsForm.Sums || sums.Length < size ? sums : FrameCodec.Encode(events, _policy);
    }

    private byte[] EncodeSums(FrameHeader header, TensorSet sums)
    {
        TensorSet safe = [];
        bool isCoarse = encodings.CoarseSums;
        foreach (NamedTensor tensor in sums)
        {
            SymmetricTensor? lifted = isCoarse && tensor is SymmetricTensor matrix ? SemiDefiniteLift.Apply(matrix) : null;
            isCoarse &= lifted is not null || tensor is not SymmetricTensor;
            safe.Add(lifted ?? tensor);
        }

        return FrameCodec.Encode(new Frame(header, safe), new EncodingPolicy { CoarseSymmetric = isCoarse });
    }
}
