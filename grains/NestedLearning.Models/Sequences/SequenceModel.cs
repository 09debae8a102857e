using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>
/// A model of sequences of tokens: an embedding, blocks, and the same embedding as the map to the next token. With its defaults it is Hope
/// (Nested Learning, Section 8.3): self-modifying Titans, then a continuum memory, in each block.
/// </summary>
/// <remarks>
/// Its parameters are grouped by the period in which they change, level 1 being the fastest; level 0 is a <see cref="StreamState"/>.
/// Not safe for concurrent use while parameters change.
/// </remarks>
public sealed class SequenceModel : IDisposable
{
    /// <summary>The deviation of the initial values of maps.</summary>
    internal const double Deviation = 0.02;

    private readonly Parameter _embedding;
    private readonly Parameter _norm;
    private readonly SequenceBlock[] _blocks;

    /// <summary>A model with random parameters, the same for the same seed.</summary>
    /// <exception cref="InvalidSpecException">At least one setting is out of its range.</exception>
    public SequenceModel(ITensorBackend backend, SequenceSettings settings, ulong seed = 1)
    {
        settings.Validate();
        Backend = backend;
        Settings = settings;
        ParameterFactory factory = new(backend, seed, settings.BasePeriod);

        // Each branch that adds to the residual stream is scaled down, so that the sum of all keeps its size.
        double outputScale = 1 / Math.Sqrt(settings.Blocks * (1 + settings.FeedForwardBranches));
        _embedding = factory.Normal("embedding", [settings.Vocabulary, settings.Width], Deviation);
        _blocks = [.. Enumerable.Range(0, settings.Blocks).Select(i => new SequenceBlock(factory, FormattableString.Invariant($"block{i}"), settings, outputScale))];
        _norm = factory.Ones("norm", [settings.Width]);
        Parameters = factory.Build();
        Periods = factory.Periods;
        Restarts = factory.Restarts;
    }

    /// <summary>Where it computes.</summary>
    public ITensorBackend Backend { get; }

    /// <summary>Its shape.</summary>
    public SequenceSettings Settings { get; }

    /// <summary>Its parameters, one group for each period, the fastest first.</summary>
    public ParameterSet Parameters { get; }

    /// <summary>The period of each group, in steps.</summary>
    public IReadOnlyList<int> Periods { get; }

    /// <summary>The parameters that are 0 again after every so many steps of training, a multiple of their periods.</summary>
    internal IReadOnlyDictionary<Parameter, int> Restarts { get; }

    /// <summary>Reads tokens without learning from them, beyond what their streams' memories do.</summary>
    /// <param name="tape">Where it computes.</param>
    /// <param name="tokens">The next tokens of each stream, [streams, time], row-major.</param>
    /// <param name="streams">How many streams there are.</param>
    /// <param name="from">What is known of the streams; null where they begin.</param>
    /// <exception cref="ArgumentOutOfRangeException">A token is not in the vocabulary.</exception>
    /// <exception cref="ArgumentException">The tokens, or the state, are not those of so many streams.</exception>
    public SequencePass Read(Tape tape, ReadOnlyMemory<int> tokens, int streams, StreamState? from = null) =>
        Read(new BoundParameters(tape, Parameters), tokens, streams, from);

    /// <summary>The same with parameters that are on the tape.</summary>
    internal SequencePass Read(BoundParameters parameters, ReadOnlyMemory<int> tokens, int streams, StreamState? from)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(streams, 1);
        if (tokens.Length % streams != 0)
        {
            throw new ArgumentException($"There are {tokens.Length} tokens, accepted for {streams} streams: a multiple of it.", nameof(tokens));
        }

        if (from is not null && (from.Streams != streams || from.Blocks.Count != _blocks.Length))
        {
            throw new ArgumentException($"The state is one of {from.Streams} streams and {from.Blocks.Count} blocks, accepted: {streams} and {_blocks.Length}.", nameof(from));
        }

        Tape tape = parameters.Tape;
        Shape shape = [streams, tokens.Length / streams, Settings.Width];
        Variable x = parameters[_embedding].GatherRows(tokens).Reshape(shape);
        Variable[][] state = [.. _blocks.Select((block, i) => from is null ? block.Begin(tape, streams) : Array.ConvertAll(from.Blocks[i], tape.Constant))];
        for (int i = 0; i < _blocks.Length; i++)
        {
            x = _blocks[i].Apply(parameters, x, state[i], from?.Position ?? 0);
        }

        Variable hidden = x.LayerNormalize() * parameters[_norm];
        Variable[] memories = [.. _blocks.Zip(state).Where(pair => pair.First.Memories is not null).Select(pair => pair.Second[pair.First.Memories!.Value])];
        return new SequencePass(hidden, hidden.MatrixMultiply(parameters[_embedding], transposeOther: true), memories, state, (from?.Position ?? 0) + shape[1]);
    }

    /// <summary>The shapes of what each block knows of one stream that has not begun.</summary>
    internal Shape[][] StateShapes()
    {
        using Tape tape = new(Backend);
        return [.. _blocks.Select(block => Array.ConvertAll(block.Begin(tape, 1), variable => variable.Shape))];
    }

    /// <inheritdoc/>
    public void Dispose() => Parameters.Dispose();
}
