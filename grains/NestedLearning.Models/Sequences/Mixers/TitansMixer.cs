using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>
/// Self-modifying Titans (Nested Learning, Eq. 83–93) with matrix memories M, one set a head, as one state S a head: since all memories
/// write to the same keys with the same rates, <c>M(t) = M(0) (I + S_t)</c>. Or, with projections that stay, Titans.
/// </summary>
/// <remarks>
/// <para>
/// Row vectors; z_k, z_v and z_g are three maps of a token, q a fourth of length 1. With the state S at the start of a chunk,
/// <c>h = z + z S</c>, and a token's key <c>k = norm(h_k M_k)</c>, value <c>v = norm(h_v M_v)</c>, rate <c>η = sigmoid(h_g m_η)</c> times the largest one, retention
/// <c>α = sigmoid(h_g m_α + 5)</c>, and the value that the memory makes itself, <c>norm(v + v S)</c>. It is written by the delta rule, token by
/// token, and read after: <c>y = q + q S</c>. Then M_mem, an RMS norm for each head, and the output map.
/// </para>
/// <para>
/// That the state is written by the delta rule, and the value is normalized, is what keeps it stable beyond the length of training; as
/// the paper writes the rule, it is not.
/// </para>
/// </remarks>
internal sealed class TitansMixer : IMixer
{
    private const double Retention = 5;

    private readonly int _heads;
    private readonly int _chunk;
    private readonly bool _isSelfModifying;
    private readonly double _largestRate;
    private readonly Parameter _toKey;
    private readonly Parameter _toValue;
    private readonly Parameter _toGates;
    private readonly Parameter _toQuery;
    private readonly Parameter _keys;
    private readonly Parameter _values;
    private readonly Parameter _rates;
    private readonly Parameter _retentions;
    private readonly Parameter _memory;
    private readonly HeadOutput _output;

    public TitansMixer(ParameterFactory factory, string name, SequenceSettings settings, double outputScale)
    {
        (int width, int size) = (settings.Width, settings.Width / settings.Heads);
        double deviation = 1 / Math.Sqrt(size);
        _heads = settings.Heads;
        _chunk = settings.ChunkLength;
        _largestRate = settings.LargestWriteRate;
        _isSelfModifying = settings.Mixer == MixerKind.SelfModifying;
        _toKey = factory.Normal($"{name}/to-key", [width, width], SequenceModel.Deviation);
        _toValue = factory.Normal($"{name}/to-value", [width, width], SequenceModel.Deviation);
        _toGates = factory.Normal($"{name}/to-gates", [width, width], SequenceModel.Deviation);
        _toQuery = factory.Normal($"{name}/to-query", [width, width], SequenceModel.Deviation);
        _keys = factory.Normal($"{name}/keys", [_heads, size, size], deviation);
        _values = factory.Normal($"{name}/values", [_heads, size, size], deviation);
        _rates = factory.Normal($"{name}/rates", [_heads, size, 1], deviation);
        _retentions = factory.Normal($"{name}/retentions", [_heads, size, 1], deviation);
        _memory = factory.Normal($"{name}/memory", [_heads, size, size], deviation);
        _output = new HeadOutput(factory, name, settings, outputScale);
    }

    public int? Memories => 1;

    /// <summary>The memories at the start of the chunk, and now.</summary>
    public Variable[] Begin(Tape tape, int streams)
    {
        int size = _memory.Shape[1];
        return [tape.Fill([streams, _heads, size, size], 0), tape.Fill([streams, _heads, size, size], 0)];
    }

    public Variable Mix(BoundParameters parameters, Variable x, Variable[] state, long position)
    {
        Variable query = Map(parameters, x, _toQuery).UnitNormalize();
        Variable[] maps = [query, Map(parameters, x, _toKey), Map(parameters, x, _toValue), Map(parameters, x, _toGates)];
        int chunk = _isSelfModifying ? _chunk : Math.Max(x.Shape[1], 1);
        int left = _isSelfModifying ? chunk - (int)(position % chunk) : chunk;
        Variable[][] pieces = Array.ConvertAll(maps, map => Chunks.Cut(map, left, chunk));
        var reads = new Variable[pieces[0].Length];
        for (int i = 0; i < reads.Length; i++)
        {
            reads[i] = Scan(parameters, pieces[0][i], pieces[1][i], pieces[2][i], pieces[3][i], state);
            left -= reads[i].Shape[2];
            if (left == 0)
            {
                state[0] = state[1];
                left = chunk;
            }
        }

        Variable read = reads.Length == 1 ? reads[0] : Variable.Concatenate(2, reads);
        return _output.Apply(parameters, read.MatrixMultiply(parameters[_memory]));
    }

    /// <summary>One chunk, or a part of it.</summary>
    private Variable Scan(BoundParameters parameters, Variable query, Variable zKey, Variable zValue, Variable zGates, Variable[] state)
    {
        Variable hGates = Modify(zGates, state[0]);
        Variable value = Modify(zValue, state[0]).MatrixMultiply(parameters[_values]).UnitNormalize();
        Variable retention = hGates.MatrixMultiply(parameters[_retentions]) + Retention;
        (Variable reads, state[1]) = Variable.DeltaScan(
            new DeltaOperands<Variable>(
                query,
                Modify(zKey, state[0]).MatrixMultiply(parameters[_keys]).UnitNormalize(),
                _isSelfModifying ? Modify(value, state[0]).UnitNormalize() : value,
                WithoutLastAxis(hGates.MatrixMultiply(parameters[_rates]).Sigmoid()) * _largestRate,
                WithoutLastAxis(-(-retention).Softplus()),
                state[1]),
            _chunk);
        return query + reads;
    }

    private Variable Modify(Variable z, Variable state) => _isSelfModifying ? z + z.MatrixMultiply(state) : z;

    private Variable Map(BoundParameters parameters, Variable x, Parameter map) => Heads.Cut(x.MatrixMultiply(parameters[map]), _heads);

    private static Variable WithoutLastAxis(Variable x) => x.Reshape([x.Shape[0], x.Shape[1], x.Shape[2]]);
}
