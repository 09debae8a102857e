using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>
/// Matrix memories written by the delta rule, <c>S ← α S + η kᵀ (v − k S)</c> (DeltaNet), with a retention α for each token if it is gated
/// (Gated DeltaNet). Queries and keys have length 1; the rate is a sigmoid times the largest rate, the retention a
/// sigmoid, about 0.993 at first.
/// </summary>
internal sealed class DeltaMixer(ParameterFactory factory, string name, SequenceSettings settings, double outputScale) : IMixer
{
    private const double Retention = 5;

    private readonly Parameter _toQuery = factory.Normal($"{name}/to-query", [settings.Width, settings.Width], SequenceModel.Deviation);
    private readonly Parameter _toKey = factory.Normal($"{name}/to-key", [settings.Width, settings.Width], SequenceModel.Deviation);
    private readonly Parameter _toValue = factory.Normal($"{name}/to-value", [settings.Width, settings.Width], SequenceModel.Deviation);
    private readonly Parameter _toRate = factory.Normal($"{name}/to-rate", [settings.Width, settings.Heads], SequenceModel.Deviation);
    private readonly Parameter? _toRetention = settings.Mixer == MixerKind.GatedDelta
        ? factory.Normal($"{name}/to-retention", [settings.Width, settings.Heads], SequenceModel.Deviation)
        : null;

    private readonly HeadOutput _output = new(factory, name, settings, outputScale);

    public int? Memories => 0;

    public Variable[] Begin(Tape tape, int streams)
    {
        int size = settings.Width / settings.Heads;
        return [tape.Fill([streams, settings.Heads, size, size], 0)];
    }

    public Variable Mix(BoundParameters parameters, Variable x, Variable[] state, long position)
    {
        Variable rate = x.MatrixMultiply(parameters[_toRate]).Sigmoid().Permute(0, 2, 1) * settings.LargestWriteRate;
        Variable retention = _toRetention is null
            ? parameters.Tape.Fill(rate.Shape, 0)
            : -(-(x.MatrixMultiply(parameters[_toRetention]) + Retention)).Softplus().Permute(0, 2, 1);
        DeltaOperands<Variable> operands = new(
            Map(parameters, x, _toQuery).UnitNormalize(),
            Map(parameters, x, _toKey).UnitNormalize(),
            Map(parameters, x, _toValue).Silu(),
            rate,
            retention,
            state[0]);
        (Variable reads, state[0]) = Variable.DeltaScan(operands, settings.ChunkLength);
        return _output.Apply(parameters, reads);
    }

    private Variable Map(BoundParameters parameters, Variable x, Parameter map) => Heads.Cut(x.MatrixMultiply(parameters[map]), settings.Heads);
}
