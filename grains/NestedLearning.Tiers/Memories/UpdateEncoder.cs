using NestedLearning.Models;

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
        ? FrameCodec.Encode(Choose(header, contribution), _policy)
        : _feedback.Encode(new Frame(header, contribution.Tensors));

    public void Save(Tensors.TensorSet state, string prefix) => _feedback.Save(state, prefix);

    public void Load(Tensors.TensorSet state, string prefix) => _feedback.Load(state, prefix);

    /// <summary>Sums are only made where they may be chosen; their own size is known before.</summary>
    private Frame Choose(FrameHeader header, Contribution contribution)
    {
        Frame events = new(header, contribution.Tensors);
        if (contribution.Sums is null || encodings.Form == StatisticsForm.Events)
        {
            return events;
        }

        long size = FrameCodec.Size(events, _policy);
        if (encodings.Form == StatisticsForm.Shorter && size <= contribution.Sums.SizeBytes)
        {
            return events;
        }

        Frame sums = new(header, contribution.Sums.Make());
        return encodings.Form == StatisticsForm.Sums || FrameCodec.Size(sums, _policy) < size ? sums : events;
    }
}
