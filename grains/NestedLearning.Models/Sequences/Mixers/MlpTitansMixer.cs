using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>
/// Self-modifying Titans (Nested Learning, Eq. 83–90) whose memories are residual MLPs, <c>M(x) = x + tanh(x A) B</c> (Eq. 89): five for
/// each head, which make keys, values, rates, retentions and answers. No one state stands for them, so each is written by itself.
/// </summary>
/// <remarks>
/// <para>
/// Row vectors; z_k, z_v, z_g and q are four maps of a token, each of length 1. A token's key <c>k = norm(M_k(z_k))</c>, value
/// <c>v = norm(M_v(z_v))</c>, rate <c>η = sigmoid(M_η(z_g) m_η)</c>, retention <c>α = sigmoid(M_α(z_g) m_α + 5)</c>, and the values that the memories
/// make themselves, <c>u = norm(M(v))</c>, come from the memories at the start of the chunk, and so does the gradient of
/// <c>½ ‖M(k) − u‖²</c>: with <c>a = tanh(k A)</c>, <c>e = k + a B − u</c> and <c>p = (e Bᵀ) (1 − a²)</c> it is <c>kᵀ p</c> for A and <c>aᵀ e</c> for B.
/// What has been written, the distance from the initial state, is kept by α and moved by the gradient at the token's step; the answer to q is
/// read after.
/// </para>
/// <para>
/// The step is <c>η / (1 + 4 Σ η c)</c>, the sum over the chunk's tokens so far, where <c>c = ‖a‖² + ‖p‖² / ‖e‖²</c> is the curvature along
/// the token's own error: Eq. 57's <c>η / (1 + η)</c> for inputs of any length and for tokens that are alike, but that no write goes
/// further than a quarter of the way to its target. Without the 4, gradients through windows of 512 tokens grow to 10⁶: keys, rates and
/// targets come from what is being written, and feed back. Retention bounds what is written.
/// </para>
/// </remarks>
internal sealed class MlpTitansMixer : IMixer
{
    private const double Retention = 5;
    private const double Least = 1e-6;
    private const double Caution = 4;
    private const int MemoryCount = 5;
    private const int Projections = 4;

    private readonly int _heads;
    private readonly int _chunk;
    private readonly int _size;
    private readonly Parameter _toKey;
    private readonly Parameter _toValue;
    private readonly Parameter _toGates;
    private readonly Parameter _toQuery;
    private readonly Parameter _up;
    private readonly Parameter _down;
    private readonly Parameter _rates;
    private readonly Parameter _retentions;
    private readonly HeadOutput _output;

    public MlpTitansMixer(ParameterFactory factory, string name, SequenceSettings settings, double outputScale)
    {
        int width = settings.Width;
        _heads = settings.Heads;
        _chunk = settings.ChunkLength;
        _size = width / settings.Heads;
        _toKey = factory.Normal($"{name}/to-key", [width, width], SequenceModel.Deviation);
        _toValue = factory.Normal($"{name}/to-value", [width, width], SequenceModel.Deviation);
        _toGates = factory.Normal($"{name}/to-gates", [width, width], SequenceModel.Deviation);
        _toQuery = factory.Normal($"{name}/to-query", [width, width], SequenceModel.Deviation);

        // Inputs of length 1 make hidden values of about 1, and these about half as much as the input itself.
        _up = factory.Normal($"{name}/up", [_heads, MemoryCount, _size, _size], 1);
        _down = factory.Normal($"{name}/down", [_heads, MemoryCount, _size, _size], 1.0 / _size);
        _rates = factory.Normal($"{name}/rates", [_heads, 1, _size, 1], 1 / Math.Sqrt(_size));
        _retentions = factory.Normal($"{name}/retentions", [_heads, 1, _size, 1], 1 / Math.Sqrt(_size));
        _output = new HeadOutput(factory, name, settings, outputScale);
    }

    /// <summary>None: its memories are MLPs.</summary>
    public int? Memories => null;

    /// <summary>
    /// What was written to A and B up to the start of the chunk, up to now, each [streams, heads, 5, size, size], and the chunk's sum of η c,
    /// [streams, heads, 5, 1, 1].
    /// </summary>
    public Variable[] Begin(Tape tape, int streams)
    {
        Shape maps = [streams, _heads, MemoryCount, _size, _size];
        return [tape.Fill(maps, 0), tape.Fill(maps, 0), tape.Fill(maps, 0), tape.Fill(maps, 0), tape.Fill([streams, _heads, MemoryCount, 1, 1], 0)];
    }

    public Variable Mix(BoundParameters parameters, Variable x, Variable[] state, long position)
    {
        int left = _chunk - (int)(position % _chunk);
        Variable[][] pieces = Array.ConvertAll(
            new[] { _toQuery, _toKey, _toValue, _toGates },
            map => Chunks.Cut(Heads.Cut(x.MatrixMultiply(parameters[map]), _heads).UnitNormalize(), left, _chunk));
        var reads = new Variable[pieces[0].Length];
        for (int i = 0; i < reads.Length; i++)
        {
            reads[i] = Scan(parameters, pieces[0][i], pieces[1][i], pieces[2][i], pieces[3][i], state);
            left -= reads[i].Shape[2];
            if (left == 0)
            {
                (state[0], state[1]) = (state[2], state[3]);
                state[4] = parameters.Tape.Fill(state[4].Shape, 0);
                left = _chunk;
            }
        }

        return _output.Apply(parameters, reads.Length == 1 ? reads[0] : Variable.Concatenate(2, reads));
    }

    /// <summary>One chunk, or a part of it; tokens [streams, heads, time, size].</summary>
    private Variable Scan(BoundParameters parameters, Variable query, Variable zKey, Variable zValue, Variable zGates, Variable[] state)
    {
        Variable up = parameters[_up] + state[0];
        Variable down = parameters[_down] + state[1];
        Variable gates = EachMemory(zGates);
        Variable made = Ask(
            Variable.Concatenate(2, EachMemory(zKey), EachMemory(zValue), gates, gates),
            up.Slice(2, 0, Projections),
            down.Slice(2, 0, Projections));
        Variable key = made.Slice(2, 0, 1).UnitNormalize();
        Variable value = made.Slice(2, 1, 1).UnitNormalize();
        Variable rate = made.Slice(2, 2, 1).MatrixMultiply(parameters[_rates]).Sigmoid();
        Variable retention = -(-(made.Slice(2, 3, 1).MatrixMultiply(parameters[_retentions]) + Retention)).Softplus();
        MlpWrites writes = Write(key, Ask(value, up, down).UnitNormalize(), up, down, rate, state);

        Variable notAfter = CausalMask.Products(parameters.Tape, query.Shape[2]);
        Variable kept = notAfter.MatrixMultiply(retention);
        Variable read = Read(parameters, EachMemory(query), key, writes, kept, notAfter, state);
        Variable all = kept.Slice(3, query.Shape[2] - 1, 1);
        Variable still = (all - kept).Exp();
        state[2] = (all.Exp() * state[2]) - (key * still).MatrixMultiply(writes.Back, transpose: true);
        state[3] = (all.Exp() * state[3]) - (writes.Hidden * still).MatrixMultiply(writes.Error, transpose: true);
        return read.Reshape(query.Shape);
    }

    /// <summary>The gradients of the chunk's tokens, each with its step.</summary>
    private static MlpWrites Write(Variable key, Variable target, Variable up, Variable down, Variable rate, Variable[] state)
    {
        int time = key.Shape[3];
        Variable hidden = key.MatrixMultiply(up).Tanh();
        Variable error = key + hidden.MatrixMultiply(down) - target;
        Variable back = error.MatrixMultiply(down, transposeOther: true) * (1 - (hidden * hidden));
        Variable length = Squares(error);
        Variable curvature = ((Squares(hidden) * length) + Squares(back)) / (length + Least);
        Variable sum = state[4] + CausalMask.Products(key.Tape, time).MatrixMultiply(rate * curvature);
        state[4] = sum.Slice(3, time - 1, 1);
        Variable step = rate / ((sum * Caution) + 1);
        return new MlpWrites(hidden, error * step, back * step);
    }

    /// <summary>
    /// What the last memory answers to queries [streams, heads, 1, time, size], each after its own token's write: the sums over writes are
    /// products of tokens with tokens.
    /// </summary>
    private Variable Read(BoundParameters parameters, Variable query, Variable key, MlpWrites writes, Variable kept, Variable notAfter, Variable[] state)
    {
        const int last = MemoryCount - 1;
        Variable since = (kept - kept.Permute(0, 1, 2, 4, 3)).Minimum(parameters.Tape.Fill(Shape.Scalar, 0)).Exp() * notAfter;
        Variable now = kept.Exp();
        Variable hidden = (query.MatrixMultiply(parameters[_up].Slice(1, last, 1))
            + (now * query.MatrixMultiply(state[2].Slice(2, last, 1)))
            - (since * query.MatrixMultiply(key, transposeOther: true)).MatrixMultiply(writes.Back.Slice(2, last, 1))).Tanh();
        return query
            + hidden.MatrixMultiply(parameters[_down].Slice(1, last, 1))
            + (now * hidden.MatrixMultiply(state[3].Slice(2, last, 1)))
            - (since * hidden.MatrixMultiply(writes.Hidden.Slice(2, last, 1), transposeOther: true)).MatrixMultiply(writes.Error.Slice(2, last, 1));
    }

    /// <summary>What memories make of inputs [streams, heads, memories or 1, time, size].</summary>
    private static Variable Ask(Variable x, Variable up, Variable down) => x + x.MatrixMultiply(up).Tanh().MatrixMultiply(down);

    private static Variable Squares(Variable x) => (x * x).Sum([-1], keepAxes: true);

    private static Variable EachMemory(Variable x) => x.Reshape([x.Shape[0], x.Shape[1], 1, x.Shape[2], x.Shape[3]]);

    /// <summary>Tokens' writes to memories, [streams, heads, 5, time, size]; those to A are <c>keyᵀ back</c>, those to B <c>hiddenᵀ error</c>.</summary>
    private sealed record MlpWrites(Variable Hidden, Variable Error, Variable Back);
}
