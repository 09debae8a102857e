using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>
/// Matrix memories to which values are added by their keys, <c>S ← S + kᵀ v</c>, read by <c>q S</c> (arXiv 2006.16236); with queries and keys of
/// length 1, and an RMS norm of what is read in place of the normalizer.
/// </summary>
internal sealed class LinearAttentionMixer(ParameterFactory factory, string name, SequenceSettings settings, double outputScale) : IMixer
{
    private readonly Parameter _toQuery = factory.Normal($"{name}/to-query", [settings.Width, settings.Width], SequenceModel.Deviation);
    private readonly Parameter _toKey = factory.Normal($"{name}/to-key", [settings.Width, settings.Width], SequenceModel.Deviation);
    private readonly Parameter _toValue = factory.Normal($"{name}/to-value", [settings.Width, settings.Width], SequenceModel.Deviation);
    private readonly HeadOutput _output = new(factory, name, settings, outputScale);

    public int? Memories => 0;

    public Variable[] Begin(Tape tape, int streams)
    {
        int size = settings.Width / settings.Heads;
        return [tape.Fill([streams, settings.Heads, size, size], 0)];
    }

    public Variable Mix(BoundParameters parameters, Variable x, Variable[] state, long position)
    {
        Variable[] queries = Cut(parameters, x, _toQuery, isUnit: true);
        Variable[] keys = Cut(parameters, x, _toKey, isUnit: true);
        Variable[] values = Cut(parameters, x, _toValue, isUnit: false);
        var reads = new Variable[queries.Length];
        for (int i = 0; i < reads.Length; i++)
        {
            Variable earlier = CausalMask.Products(parameters.Tape, queries[i].Shape[2]);
            Variable scores = queries[i].MatrixMultiply(keys[i], transposeOther: true) * earlier;
            reads[i] = scores.MatrixMultiply(values[i]) + queries[i].MatrixMultiply(state[0]);
            state[0] += keys[i].MatrixMultiply(values[i], transpose: true);
        }

        return _output.Apply(parameters, reads.Length == 1 ? reads[0] : Variable.Concatenate(2, reads));
    }

    private Variable[] Cut(BoundParameters parameters, Variable x, Parameter map, bool isUnit)
    {
        Variable cut = Heads.Cut(x.MatrixMultiply(parameters[map]), settings.Heads);
        return Chunks.Cut(isUnit ? cut.UnitNormalize() : cut.Silu(), settings.ChunkLength, settings.ChunkLength);
    }
}
