using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>
/// A model on streams that go on: what it knows of them is kept from one read to the next, so that a stream of any length needs no more
/// memory than the tokens that are read at once.
/// </summary>
/// <remarks>Not safe for concurrent use.</remarks>
public sealed class SequenceStream : IDisposable
{
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

    /// <inheritdoc/>
    public void Dispose() => _state?.Dispose();
}
