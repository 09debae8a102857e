using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>
/// Goes on with one stream of text, token by token; what is known of it does not grow, but for softmax attention. It can be saved after
/// each token, and then goes on as it would have.
/// </summary>
/// <remarks>Not safe for concurrent use.</remarks>
public sealed class TextGenerator : IDisposable
{
    private const string Unread = "generator/unread";
    private const string Begun = "generator/begun";

    private readonly ITokenizer _tokenizer;
    private readonly SequenceStream _stream;
    private TextDecoder _decoder = new();

    /// <summary>What was drawn last, which is read when the next one is asked for.</summary>
    private int[] _unread = [];

    /// <summary>A stream that begins. The model stays the caller's, and its parameters as they are meanwhile.</summary>
    /// <exception cref="InvalidTokenizerException">The tokenizer has another vocabulary than the model.</exception>
    public TextGenerator(SequenceModel model, ITokenizer tokenizer)
        : this(model, tokenizer, null)
    {
    }

    private TextGenerator(SequenceModel model, ITokenizer tokenizer, StreamState? from)
    {
        if (tokenizer.Vocabulary != model.Settings.Vocabulary)
        {
            throw new InvalidTokenizerException($"{tokenizer.Vocabulary} tokens", $"the model's vocabulary, {model.Settings.Vocabulary}");
        }

        _tokenizer = tokenizer;
        _stream = new SequenceStream(model, 1, from);
    }

    /// <summary>Whether the last text ended by a stop text or token, and not by its number of tokens.</summary>
    public bool HasStopped { get; private set; }

    /// <summary>How many tokens the stream has, those of prompts and those that were drawn.</summary>
    public long Position => _stream.Position + _unread.Length;

    /// <summary>Goes on after a prompt, in pieces of whole characters that come as they are drawn.</summary>
    /// <param name="prompt">What comes next in the stream; empty to go on with what was generated last.</param>
    /// <param name="options">How it goes on.</param>
    /// <param name="cancellationToken">Ends it before another token.</param>
    /// <remarks>
    /// The stream has read what was given out, and a stop text or token too if there was one. A character that has begun with the last token is
    /// given out when the stream goes on without a prompt.
    /// </remarks>
    /// <exception cref="InvalidGenerationException">An option is out of its range, or there is nothing to go on from.</exception>
    /// <exception cref="UnknownCharacterException">The tokenizer has no token for a character of the prompt.</exception>
    public IEnumerable<string> Generate(string prompt, GenerationOptions options, CancellationToken cancellationToken = default)
    {
        options.Validate(_tokenizer.Vocabulary);
        int[] tokens = _tokenizer.Encode(prompt);
        if (_unread.Length + tokens.Length == 0)
        {
            throw new InvalidGenerationException("the prompt is empty, accepted for a stream that has not begun: at least one token");
        }

        return Pieces(tokens, options, cancellationToken);
    }

    /// <summary>All that is known of the stream.</summary>
    /// <exception cref="InvalidOperationException">Nothing has been generated.</exception>
    public TensorSet Save()
    {
        TensorSet saved = (_stream.State ?? throw new InvalidOperationException("A stream that has not begun has nothing to save.")).Save();
        saved.Add(new IntegerTensor(Unread, Array.ConvertAll(_unread, token => (long)token)));
        saved.Add(new BytesTensor(Begun, _decoder.Begun.ToArray()));
        return saved;
    }

    /// <summary>Takes up what <see cref="Save"/> gave, with the same model and tokenizer; wherever it has been since.</summary>
    /// <exception cref="InvalidTokenizerException">The tokenizer has another vocabulary than the model.</exception>
    /// <exception cref="TensorMissingException">A part is missing.</exception>
    /// <exception cref="InvalidStreamException">A part is another one than the model's.</exception>
    public static TextGenerator Load(SequenceModel model, ITokenizer tokenizer, TensorSet saved)
    {
        StreamCheck.Check(model, saved);
        ReadOnlySpan<long> tokens = saved.Get<IntegerTensor>(Unread).Values.Span;
        if (tokens.Length != 1 || tokens[0] < 0 || tokens[0] >= tokenizer.Vocabulary)
        {
            throw new InvalidStreamException("what is unread", $"{tokens.Length} tokens", $"one token of 0 to {tokenizer.Vocabulary - 1}");
        }

        int[] unread = [(int)tokens[0]];
        ReadOnlySpan<byte> begun = saved.Get<BytesTensor>(Begun).Bytes.Span;
        if (begun.Length > 3)
        {
            throw new InvalidStreamException("the begun character", $"{begun.Length} bytes", "0 to 3");
        }

        TextDecoder decoder = new(begun);
        return new TextGenerator(model, tokenizer, StreamState.Load(model.Backend, saved)) { _unread = unread, _decoder = decoder };
    }

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();

    private IEnumerable<string> Pieces(int[] prompt, GenerationOptions options, CancellationToken cancellationToken)
    {
        TokenSampler sampler = new(options);
        StopTexts stops = new(options.StopTexts);
        HasStopped = false;
        _unread = [.. _unread, .. prompt];
        _decoder = prompt.Length == 0 ? _decoder : new TextDecoder();
        for (int i = 0; i < options.MaxTokens && !stops.HasCome; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int token = sampler.Draw(_stream.ReadOn(_unread, cancellationToken), _stream.Position);
            _unread = [token];
            HasStopped = options.StopTokens.Contains(token);
            if (HasStopped)
            {
                break;
            }

            string piece = stops.Add(_decoder.Decode(_tokenizer.BytesOf(token)));
            HasStopped = stops.HasCome;
            if (piece.Length > 0)
            {
                yield return piece;
            }
        }

        if (stops.End() is { Length: > 0 } held)
        {
            yield return held;
        }
    }
}
