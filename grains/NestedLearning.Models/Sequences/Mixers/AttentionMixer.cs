using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>
/// Softmax attention (arXiv 1706.03762) with rotary positions (arXiv 2104.09864). It knows the keys and values of the last tokens of each
/// stream, [streams, heads, tokens, size].
/// </summary>
internal sealed class AttentionMixer(ParameterFactory factory, string name, SequenceSettings settings, double outputScale) : IMixer
{
    private readonly int _size = settings.Width / settings.Heads;
    private readonly Parameter _toQuery = factory.Normal($"{name}/to-query", [settings.Width, settings.Width], SequenceModel.Deviation);
    private readonly Parameter _toKey = factory.Normal($"{name}/to-key", [settings.Width, settings.Width], SequenceModel.Deviation);
    private readonly Parameter _toValue = factory.Normal($"{name}/to-value", [settings.Width, settings.Width], SequenceModel.Deviation);
    private readonly Parameter _out = factory.Normal($"{name}/out", [settings.Width, settings.Width], SequenceModel.Deviation * outputScale);

    public int? Memories => null;

    public Variable[] Begin(Tape tape, int streams) =>
        [tape.Fill([streams, settings.Heads, 0, _size], 0), tape.Fill([streams, settings.Heads, 0, _size], 0)];

    public Variable Mix(BoundParameters parameters, Variable x, Variable[] state, long position)
    {
        int time = x.Shape[1];
        RotaryPositions positions = new(parameters.Tape, position, time, _size);
        Variable query = positions.Turn(Map(parameters, x, _toQuery));
        Variable keys = Append(ref state[0], positions.Turn(Map(parameters, x, _toKey)));
        Variable values = Append(ref state[1], Map(parameters, x, _toValue));
        Variable scores = query.MatrixMultiply(keys, transposeOther: true) / Math.Sqrt(_size);
        Variable mask = CausalMask.Scores(parameters.Tape, time, keys.Shape[2], settings.AttentionLength);
        return Heads.Join((scores + mask).Softmax().MatrixMultiply(values)).MatrixMultiply(parameters[_out]);
    }

    /// <summary>All that tokens of now may see; what those after them may see stays known.</summary>
    private Variable Append(ref Variable known, Variable next)
    {
        Variable all = known.Shape[2] == 0 ? next : Variable.Concatenate(2, known, next);
        int kept = Math.Min(all.Shape[2], settings.AttentionLength - 1);
        known = all.Slice(2, all.Shape[2] - kept, kept);
        return all;
    }

    private Variable Map(BoundParameters parameters, Variable x, Parameter map) => Heads.Cut(x.MatrixMultiply(parameters[map]), settings.Heads);
}
