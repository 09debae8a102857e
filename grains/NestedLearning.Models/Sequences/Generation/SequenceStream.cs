using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>
/// A model on streams that go on: what it knows of them is kept from one read to the next, so that a stream of any length needs no more
/// memory than the tokens that are read at once.
/// </summary>
/// <remarks>Not safe for concurrent use.</remarks>
public sealed class SequenceStream : IDisposable
{
    private const int ReadAtOnce = 256;

    private StreamState? _state;

    /// <summary>Streams that begin, or go on from a state, which is taken over.</summary>
    public SequenceStream(SequenceModel model, int streams = 1, StreamState? from = null)
    {
        Model = model;
        Streams = streams;
        _state = from;
    }

    /// <summary>What reads them.</summary>
    public SequenceModel Model { get; }

    /// <summary>How many streams there are.</summary>
    public int Streams { get; }

    /// <summary>How many tokens of each have been read.</summary>
    public long Position => _state?.Position ?? 0;

    /// <summary>What is known of the streams, which remains this object's; null where nothing has been read.</summary>
    public StreamState? State => _state;

    /// <summary>Reads the next tokens.</summary>
    /// <param name="tokens">[streams, time], row-major.</param>
    /// <param name="use">What is wanted of the logits [streams, time, vocabulary], which are gone afterwards.</param>
    /// <exception cref="ArgumentOutOfRangeException">A token is not in the vocabulary.</exception>
    /// <exception cref="ArgumentException">The tokens, or the state, are not those of so many streams.</exception>
    public T Read<T>(ReadOnlyMemory<int> tokens, Func<Variable, T> use)
    {
        using Tape tape = new(Model.Backend);
        using IDisposable pause = tape.NoGradient();
        SequencePass pass = Model.Read(tape, tokens, Streams, _state);
        T wanted = use(pass.Logits);
        StreamState next = pass.Keep();
        _state?.Dispose();
        _state = next;
        return wanted;
    }

    /// <summary>Reads the next tokens of one stream, some at once so that a long text takes no more memory than a short one.</summary>
    /// <param name="tokens">At least one.</param>
    /// <param name="cancellationToken">Ends it between two reads; what has been read stays read.</param>
    /// <returns>The logits [vocabulary] of the token that comes next.</returns>
    public float[] ReadOn(ReadOnlyMemory<int> tokens, CancellationToken cancellationToken = default)
    {
        float[] logits = [];
        for (int first = 0; first < tokens.Length; first += ReadAtOnce)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int count = Math.Min(ReadAtOnce, tokens.Length - first);
            logits = Read(tokens.Slice(first, count), all => all.Slice(1, count - 1, 1).ToArray());
        }

        return logits;
    }

    /// <inheritdoc/>
    public void Dispose() => _state?.Dispose();
}
