using System.Text.Json.Serialization;

namespace NestedLearning.Models;

/// <summary>The shape of a sequence model. By default it is Hope: self-modifying Titans and a continuum memory in each block.</summary>
/// <param name="Vocabulary">How many different tokens there are, 2 to 1,048,576.</param>
public sealed record SequenceSettings(int Vocabulary)
{
    /// <summary>How tokens hear of each other.</summary>
    public MixerKind Mixer { get; init; } = MixerKind.SelfModifying;

    /// <summary>What the memories of the self-modifying mixer are; default matrices, as in all others.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public MemoryKind Memory { get; init; }

    /// <summary>The values of a token, d, 8 to 16,384, a multiple of twice the heads; default 128.</summary>
    public int Width { get; init; } = 128;

    /// <summary>How many blocks of a mixer and a feed-forward part follow each other, 1 to 256; default 4.</summary>
    public int Blocks { get; init; } = 4;

    /// <summary>How many memories or attention heads a mixer has, 1 to 256; default 4.</summary>
    public int Heads { get; init; } = 4;

    /// <summary>
    /// The taps of the causal depthwise convolution before the mixer, 1 to 64, the token's own among them; 0 for none. Default 4.
    /// </summary>
    public int ConvolutionTaps { get; init; } = 4;

    /// <summary>
    /// After how many tokens a self-modifying memory's projections change, C, 1 to 4,096; default 16. For the other memories it is only
    /// how many tokens are computed together.
    /// </summary>
    public int ChunkLength { get; init; } = 16;

    /// <summary>
    /// The largest rate η with which a token is written by the delta rule, above 0 to 2; default 1. A token with the key k turns a memory by
    /// <c>I − η k kᵀ</c>, whose eigenvalue 1 − η can be negative above 1: then a memory can flip with each token, which following the parity of
    /// a word needs (arXiv 2411.12537). Without meaning for attention and for memories that are MLPs.
    /// </summary>
    public double LargestWriteRate { get; init; } = 1;

    /// <summary>How many tokens softmax attention sees, 1 to 1,048,576; default 1,024. The state of the other mixers does not grow.</summary>
    public int AttentionLength { get; init; } = 1024;

    /// <summary>
    /// The continuum memory of each block (Nested Learning, Eq. 70): one residual MLP for each period, in steps of training, the fastest
    /// first, 0 to 16 of 1 to 1,000,000, rising; default one of every period 1, 8 and 32. With none, there is a SwiGLU instead, as in a Transformer.
    /// </summary>
    public IReadOnlyList<int> Periods { get; init; } = [1, 8, 32];

    /// <summary>
    /// How the MLPs of the continuum memory go together; default sequential. Nested takes periods of which each is a multiple of the one before,
    /// twice that or more.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public ContinuumKind Continuum { get; init; }

    /// <summary>The period of everything but the continuum memory, in steps of training, 1 to 1,000,000; default 1.</summary>
    public int BasePeriod { get; init; } = 1;

    /// <summary>The hidden values of each MLP of the continuum memory, or of the SwiGLU, 1 to 65,536; default 128.</summary>
    public int Hidden { get; init; } = 128;

    /// <summary>The periods of the levels that the parameters make, the fastest first: all that occur, each once.</summary>
    [JsonIgnore]
    public IReadOnlyList<int> LevelPeriods => [.. Periods.Append(BasePeriod).Distinct().Order()];

    /// <summary>Whether what is known of a stream is matrices that its tokens have written to.</summary>
    [JsonIgnore]
    public bool HasMatrixMemories => Mixer != MixerKind.Attention && Memory == MemoryKind.Matrix;

    /// <summary>How many times the feed-forward part adds to a token.</summary>
    internal int FeedForwardBranches => Continuum == ContinuumKind.Nested ? 1 : Math.Max(Periods.Count, 1);

    /// <summary>No fewer than the model's parameters: what they are where each block has the most maps that any has.</summary>
    [JsonIgnore]
    public double MostParameters
    {
        get
        {
            double inBlock = (16.0 * Width * Width) + ((3.0 + (2 * Periods.Count)) * Width * Hidden) + ((double)Width * ((2 * Heads) + ConvolutionTaps + Periods.Count + 4));
            return ((Vocabulary + 1.0) * Width) + (Blocks * inBlock);
        }
    }

    /// <summary>A Transformer of the same size: attention, SwiGLU, and no convolution.</summary>
    public static SequenceSettings Transformer(int vocabulary) => new(vocabulary)
    {
        Mixer = MixerKind.Attention,
        ConvolutionTaps = 0,
        Periods = [],
        Hidden = 344,
    };

    /// <summary>Whether both make the same model; periods are compared one by one.</summary>
    public bool Equals(SequenceSettings? other) => other is not null && AllButPeriods == other.AllButPeriods && Periods.SequenceEqual(other.Periods);

    /// <inheritdoc/>
    public override int GetHashCode() => AllButPeriods.GetHashCode();

    /// <summary>Reports every violation at once.</summary>
    /// <exception cref="InvalidSpecException">At least one setting is out of its range.</exception>
    public void Validate()
    {
        List<string> violations = Violations();
        if (violations.Count > 0)
        {
            throw new InvalidSpecException(violations);
        }
    }

    /// <summary>One line for each setting that is out of its range.</summary>
    internal List<string> Violations()
    {
        List<string> violations = [];
        CheckRange(nameof(Vocabulary), Vocabulary, 2, 1 << 20);
        Check(Enum.IsDefined(Mixer), nameof(Mixer), Mixer, string.Join(", ", Enum.GetNames<MixerKind>()));
        string memories = Mixer == MixerKind.SelfModifying ? string.Join(", ", Enum.GetNames<MemoryKind>()) : $"{MemoryKind.Matrix} where {nameof(Mixer)} is {Mixer}";
        Check(Enum.IsDefined(Memory) && (Memory == MemoryKind.Matrix || Mixer == MixerKind.SelfModifying), nameof(Memory), Memory, memories);
        CheckRange(nameof(Heads), Heads, 1, 256);
        Check(Width is >= 8 and <= 16_384 && Heads > 0 && Width % (2 * Heads) == 0, nameof(Width), Width, $"8 to 16384, a multiple of {2 * Heads}, twice the heads");
        CheckRange(nameof(Blocks), Blocks, 1, 256);
        CheckRange(nameof(ConvolutionTaps), ConvolutionTaps, 0, 64);
        CheckRange(nameof(ChunkLength), ChunkLength, 1, 4096);
        Check(LargestWriteRate is > 0 and <= 2, nameof(LargestWriteRate), LargestWriteRate, "above 0, at most 2");
        CheckRange(nameof(AttentionLength), AttentionLength, 1, 1 << 20);
        CheckRange(nameof(Hidden), Hidden, 1, 65_536);
        bool areRising = Periods.Zip(Periods.Skip(1)).All(pair => pair.First <= pair.Second);
        Check(Periods.Count <= 16 && areRising && Periods.All(period => period is >= 1 and <= 1_000_000), nameof(Periods), string.Join(", ", Periods), "up to 16 of 1 to 1000000, rising");
        CheckRange(nameof(BasePeriod), BasePeriod, 1, 1_000_000);
        Check(Enum.IsDefined(Continuum), nameof(Continuum), Continuum, string.Join(", ", Enum.GetNames<ContinuumKind>()));
        if (Continuum == ContinuumKind.Nested && areRising)
        {
            bool areMultiples = Periods.Zip(Periods.Skip(1)).All(pair => pair.First >= 1 && pair.Second > pair.First && pair.Second % pair.First == 0);
            Check(areMultiples, $"{nameof(Continuum)} is {nameof(ContinuumKind.Nested)} and {nameof(Periods)}", string.Join(", ", Periods), "multiples, each of the one before");
        }

        return violations;

        void CheckRange(string setting, int value, int least, int most) => Check(value >= least && value <= most, setting, value, $"{least} to {most}");

        void Check<T>(bool holds, string setting, T value, string accepted)
        {
            if (!holds)
            {
                violations.Add(FormattableString.Invariant($"{setting} is {value}, accepted: {accepted}"));
            }
        }
    }

    private (int, MixerKind, MemoryKind, int, int, int, int, int, double, int, int, int, ContinuumKind) AllButPeriods =>
        (Vocabulary, Mixer, Memory, Width, Blocks, Heads, ConvolutionTaps, ChunkLength, LargestWriteRate, AttentionLength, BasePeriod, Hidden, Continuum);
}
