using NestedLearning.Tensors;

namespace NestedLearning.Tiers;

/// <summary>
/// A sender's lossy encodings over time. What an update could not carry is kept and added to the next one, so that nothing
/// is lost for good; low rank goes on from the directions that it found last. Both are part of the sender's durable state:
/// restored, it writes the same bytes.
/// </summary>
internal sealed class ErrorFeedback(IEncodingPolicy policy)
{
    private const string Names = "/names";

    private TensorSet _residuals = [];
    private TensorSet _directions = [];

    /// <summary>The bytes that it keeps.</summary>
    public long SizeBytes => _residuals.Concat(_directions).Sum(tensor => (long)sizeof(float) * ((DenseTensor)tensor).Values.Length);

    /// <summary>Encodes a frame with what its tensors lacked before, and keeps what they lack now.</summary>
    /// <exception cref="FrameException">A part of the frame cannot be written; then nothing changes.</exception>
    public byte[] Encode(Frame frame)
    {
        Choices choices = new();
        TensorSet wanted = [];
        TensorSet coded = [];
        TensorSet directions = [];
        foreach (NamedTensor tensor in frame.Tensors)
        {
            NamedTensor whole = tensor is DenseTensor dense ? Residual.Add(dense, _residuals.Find(tensor.Name) as DenseTensor) : tensor;
            EncodingChoice choice = policy.Choose(whole);
            choices.Add(whole.Name, choice);
            wanted.Add(whole);
            coded.Add(choice.IsLowRank ? Factor((DenseTensor)whole, choice.Kept, directions) : whole);
        }

        byte[] bytes = FrameCodec.Encode(frame with { Tensors = coded }, choices);
        TensorSet residuals = Lacking(wanted, FrameCodec.Decode(bytes, StateFrames.Limits).Tensors);
        _residuals = WithAbsent(residuals, _residuals, frame.Tensors);
        _directions = WithAbsent(directions, _directions, frame.Tensors);
        return bytes;
    }

    /// <summary>Adds everything to a state under a prefix, for <see cref="Load"/>.</summary>
    public void Save(TensorSet state, string prefix)
    {
        if (_residuals.Count + _directions.Count == 0)
        {
            return;
        }

        // A tensor's own name may be as long as names can be, so the state numbers them.
        NamedTensor[] kept = [.. _residuals, .. _directions];
        state.Add(new IntegerTensor(prefix, new long[] { _residuals.Count }));
        state.Add(new TextTensor(prefix + Names, [.. kept.Select(tensor => tensor.Name)]));
        for (int i = 0; i < kept.Length; i++)
        {
            state.Add(kept[i] with { Name = $"{prefix}/{i}" });
        }
    }

    /// <summary>Takes up what <see cref="Save"/> added, if anything.</summary>
    public void Load(TensorSet state, string prefix)
    {
        _residuals = [];
        _directions = [];
        if (state.Find(prefix) is null)
        {
            return;
        }

        long residuals = state.Get<IntegerTensor>(prefix).Values.Span[0];
        IReadOnlyList<string> names = state.Get<TextTensor>(prefix + Names).Texts;
        for (int i = 0; i < names.Count; i++)
        {
            (i < residuals ? _residuals : _directions).Add(state.Get<DenseTensor>($"{prefix}/{i}") with { Name = names[i] });
        }
    }

    private LowRankTensor Factor(DenseTensor tensor, int rank, TensorSet kept)
    {
        (int rows, int columns) = LowRankCodec.Sides(tensor.Name, tensor.Shape, rank);
        DenseTensor? last = _directions.Find(tensor.Name) as DenseTensor;
        float[] directions = last?.Values.Length == rank * columns ? last.Values.ToArray() : PowerIteration.Start(rank, columns);
        float[] left = PowerIteration.Step(tensor.Values.ToArray(), rows, columns, directions);
        kept.Add(new DenseTensor(tensor.Name, [rank, columns], directions));
        return new LowRankTensor(tensor.Name, tensor.Shape, rank, left, directions);
    }

    private static TensorSet Lacking(TensorSet wanted, TensorSet read)
    {
        TensorSet residuals = [];
        for (int i = 0; i < wanted.Count; i++)
        {
            if (wanted[i] is DenseTensor whole && Residual.Of(whole, (DenseTensor)read[i]) is { } residual)
            {
                residuals.Add(residual);
            }
        }

        return residuals;
    }

    /// <summary>What a frame does not speak of stays as it was.</summary>
    private static TensorSet WithAbsent(TensorSet now, TensorSet before, TensorSet frame)
    {
        foreach (NamedTensor tensor in before.Where(tensor => frame.Find(tensor.Name) is null))
        {
            now.Add(tensor);
        }

        return now;
    }

    /// <summary>The choices for one frame, whose factored tensors are written as was chosen for the whole ones.</summary>
    private sealed class Choices : IEncodingPolicy
    {
        private readonly Dictionary<string, EncodingChoice> _choices = new(StringComparer.Ordinal);

        public void Add(string name, EncodingChoice choice) => _choices.Add(name, choice);

        public EncodingChoice Choose(NamedTensor tensor) => _choices[tensor.Name];
    }
}
