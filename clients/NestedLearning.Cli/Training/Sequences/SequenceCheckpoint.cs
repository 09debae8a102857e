using System.Text.Json;
using System.Text.Json.Serialization;
using NestedLearning.Models;
using NestedLearning.Tensors;
using NestedLearning.Tiers;

namespace NestedLearning.Cli.Training.Sequences;

/// <summary>A training as it is saved in one blob: what was measured so far, and whatever else makes it go on.</summary>
internal sealed class SequenceCheckpoint
{
    internal const string Fingerprint = "run/fingerprint";
    private const string Curve = "run/curve";
    private const string Losses = "run/losses";
    private const string LongestGradient = "run/gradient";

    /// <summary>What the tensors of the tokenizer begin with.</summary>
    internal const string TokenizerPrefix = "run/";

    private static readonly ModelId Model = new("hope");
    internal static readonly StateKey Key = StateKey.Run(Model);
    private static readonly FrameLimits Limits = new(maxFrameBytes: Array.MaxLength, maxTensors: 65_536, maxElements: Array.MaxLength);

    private readonly ITierStore _store;
    private readonly string _fingerprint;
    private readonly ITokenizer _tokenizer;
    private string? _tag;

    /// <summary>The place in a store of a run over one text with these settings.</summary>
    public SequenceCheckpoint(ITierStore store, SequenceRunOptions options, SequenceText text)
    {
        _store = store;
        SequenceFingerprint fingerprint = new(options.Model, options.Training, text.Digest, text.Held.Length)
        {
            Tiers = options.Tiers,
            Initial = options.Initial?.Digest,
        };
        _fingerprint = JsonSerializer.Serialize(fingerprint, SequenceReportJson.Default.SequenceFingerprint);
        _tokenizer = text.Tokenizer;
    }

    /// <summary>Takes up what was saved, if anything was.</summary>
    /// <exception cref="RunConflictException">The directory holds another run.</exception>
    /// <exception cref="StoreException">What is saved is damaged.</exception>
    public async Task LoadAsync(Action<TensorSet> takeUp, SequenceCurve curve, CancellationToken cancellationToken)
    {
        if (await _store.LoadAsync(Key, cancellationToken) is not { } stored)
        {
            return;
        }

        _tag = stored.ETag;
        TensorSet state = Decode(stored);
        if (state.Find(Fingerprint) is not TextTensor saved || string.Concat(saved.Texts) != _fingerprint)
        {
            throw new RunConflictException();
        }

        takeUp(state);
        curve.Load(
            state.Get<DoubleTensor>(Curve).Values.ToArray().Chunk(3).Select(point => new SequencePoint((long)point[0], point[1], point[2])),
            state.Get<DoubleTensor>(Losses).Values.ToArray(),
            (state.Find(LongestGradient) as DoubleTensor)?.Values.Span[0] ?? 0);
    }

    /// <summary>Saves a state, which is added to, and the curve.</summary>
    public async Task SaveAsync(TensorSet state, SequenceCurve curve, CancellationToken cancellationToken)
    {
        state.Add(new TextTensor(Fingerprint, [_fingerprint]));
        state.AddPart(TokenizerPrefix, _tokenizer.Save());
        double[] points = [.. curve.Points.SelectMany(point => new[] { point.Step, point.TrainingLoss, point.ValidationLoss })];
        state.Add(new DoubleTensor(Curve, [points.Length], points));
        state.Add(new DoubleTensor(Losses, [curve.Losses.Count], curve.Losses.ToArray()));
        state.Add(new DoubleTensor(LongestGradient, [1], new[] { curve.LongestGradient }));
        byte[] bytes = FrameCodec.Encode(new Frame(new FrameHeader(FrameKind.Snapshot, Model), state), EncodingPolicy.Lossless);
        _tag = await _store.SaveAsync(Key, bytes, _tag, cancellationToken);
    }

    internal static TensorSet Decode(StoredState stored)
    {
        try
        {
            return FrameCodec.Decode(stored.Bytes, Limits).Tensors;
        }
        catch (FrameException error)
        {
            throw new StoreException(StoreProblem.Damaged, Key.Value, "is not the state of a training", error);
        }
    }
}

/// <summary>What makes a run the same run.</summary>
internal sealed record SequenceFingerprint(SequenceSettings Model, SequenceTrainingSettings Training, string Text, int Held)
{
    /// <summary>How its workers share the levels; null for a run without workers.</summary>
    public SequenceTiers? Tiers { get; init; }

    /// <summary>What its initial states are, where they are not random.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Initial { get; init; }
}
