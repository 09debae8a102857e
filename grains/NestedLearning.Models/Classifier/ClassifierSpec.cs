using System.Text.Json.Serialization;

namespace NestedLearning.Models;

/// <summary>
/// The nested classifier: hashed text features, a private delta-rule memory over a shared exact memory.
/// </summary>
public sealed record ClassifierSpec : ModelSpec
{
    /// <summary>The private level: a delta-rule memory that learns from every event.</summary>
    public static readonly LevelId FastLevel = new("fast");

    /// <summary>The shared level: an exact memory made of additive statistics.</summary>
    public static readonly LevelId SlowLevel = new("slow");

    /// <summary>The least length of a key.</summary>
    public const int LeastFeatures = 64;

    /// <summary>The length of a key when nothing is said.</summary>
    public const int DefaultFeatures = 4096;

    /// <summary>The longest label of a class, in UTF-16 code units.</summary>
    public const int MaxLabelLength = 256;

    /// <summary>The most that <see cref="MaxTextLength"/> may be set to.</summary>
    public const int LongestMaxTextLength = 1_048_576;

    /// <summary>
    /// The largest L2 norm of a key, 1,000: features beyond it are refused, because the sums of their squares would drown
    /// the ridge. The key of a text has length 1.
    /// </summary>
    public const float MaxKeyNorm = 1000;

    /// <summary>The largest magnitude of a target; one-sided targets stop there.</summary>
    internal const float MaxTarget = 1e6f;

    /// <summary>The most values that the weights of a level may have, 100,000,000, so that its state stays below 2 GiB.</summary>
    private const long MaxWeights = 100_000_000;

    /// <summary>The length D of a key: a power of two from 64 to 16,384; default 4,096. A fold costs D³/3.</summary>
    public int Features { get; init; } = DefaultFeatures;

    /// <summary>The ridge λ of the exact memory, 0.000001 to 1,000,000; default 0.1.</summary>
    public float Ridge { get; init; } = 0.1f;

    /// <summary>The rate κ of the fast memory for a memory that sees the whole stream, above 0 to 10; default 0.3.</summary>
    public float FastRate { get; init; } = 0.3f;

    /// <summary>
    /// Whether other classes have the target min(0, score) instead of 0. About a point better on clean labels, worse
    /// from 40% label noise, and dependent on the order of events; default true.
    /// </summary>
    public bool OneSidedTargets { get; init; } = true;

    /// <summary>
    /// One-sided targets nearer to 0 than this are 0, and need not travel; 0 to 1, default 0.04. From 0 to 0.05 it does not
    /// change accuracy and saves most of what targets cost; from 0.1 on it costs accuracy.
    /// </summary>
    public float TargetThreshold { get; init; } = 0.04f;

    /// <summary>
    /// How far the read-out evens out rare and frequent classes: scores are multiplied by (mean n / n_c) to this power.
    /// 0 leaves them alone, for questions whose classes are as frequent as the events'; default 0.5; 0 to 1.
    /// </summary>
    public float Balance { get; init; } = 0.5f;

    /// <summary>
    /// The half-life of what the shared level knows, in events, 1 to 1,000,000,000,000: what came before so many events counts half, for
    /// streams whose meaning drifts. Null, the default, for a level that forgets nothing. Analytic learning with retention
    /// <c>γ = 2^(−n/HalfLife)</c> for a round of n events.
    /// </summary>
    public long? HalfLife { get; init; }

    /// <summary>How many events pass between two folds of the shared level at first, from 1; default 500.</summary>
    public long Period { get; init; } = 500;

    /// <summary>The share of the folded events that the period grows to, 0 to 1; default 0.1.</summary>
    public double PeriodGrowth { get; init; } = 0.1;

    /// <summary>
    /// The events that the period grows to at most, from 1; default 25,000. A memory keeps its own events, some 600
    /// bytes for each of CLINC150's, until a version has them, so this and <c>MaxInFlight</c> of the rounds bound what it occupies.
    /// </summary>
    public long MaxPeriod { get; init; } = 25_000;

    /// <summary>
    /// The largest number of classes, 1 to 32,768; default 10,000. A memory refuses an event of one more class. When several
    /// memories meet new classes in the same round, the level takes them all, for what was learned is never given up.
    /// </summary>
    public int MaxClasses { get; init; } = 10_000;

    /// <summary>The longest text of an event, in UTF-16 code units, 1 to 1,048,576; default 65,536.</summary>
    public int MaxTextLength { get; init; } = 65_536;

    /// <inheritdoc/>
    [JsonIgnore]
    public override IReadOnlyList<LevelSpec> Levels =>
    [
        new(FastLevel, LevelScope.Memory, UpdateKind.Statistics, 1),
        new(SlowLevel, LevelScope.Shared, UpdateKind.Statistics, Period, PeriodGrowth) { HalfLife = HalfLife, MaxPeriod = MaxPeriod },
    ];

    /// <inheritdoc/>
    public override void Validate()
    {
        List<string> violations = [];
        Check(Features is >= LeastFeatures and <= 16_384 && int.IsPow2(Features), nameof(Features), Features, "a power of two from 64 to 16384");
        Check(Ridge is >= 1e-6f and <= 1e6f, nameof(Ridge), Ridge, "0.000001 to 1000000");
        Check(FastRate is > 0 and <= 10, nameof(FastRate), FastRate, "above 0, at most 10");
        Check(TargetThreshold is >= 0 and <= 1, nameof(TargetThreshold), TargetThreshold, "0 to 1");
        Check(Balance is >= 0 and <= 1, nameof(Balance), Balance, "0 to 1");
        Check(HalfLife is null or (>= 1 and <= 1_000_000_000_000), nameof(HalfLife), HalfLife ?? 0, "1 to 1000000000000");
        Check(Period >= 1, nameof(Period), Period, "at least 1");
        Check(PeriodGrowth is >= 0 and <= 1, nameof(PeriodGrowth), PeriodGrowth, "0 to 1");
        Check(MaxPeriod >= 1, nameof(MaxPeriod), MaxPeriod, "at least 1");
        Check(MaxClasses is >= 1 and <= 32_768, nameof(MaxClasses), MaxClasses, "1 to 32768");
        Check((long)Features * MaxClasses <= MaxWeights, $"{nameof(Features)} x {nameof(MaxClasses)}", (long)Features * MaxClasses, $"at most {MaxWeights}");
        Check(MaxTextLength is >= 1 and <= LongestMaxTextLength, nameof(MaxTextLength), MaxTextLength, "1 to 1048576");
        Check(FormatVersion == 1, nameof(FormatVersion), FormatVersion, "1");
        if (violations.Count > 0)
        {
            throw new InvalidSpecException(violations);
        }

        void Check<T>(bool holds, string setting, T value, string accepted)
        {
            if (!holds)
            {
                violations.Add(FormattableString.Invariant($"{setting} is {value}, accepted: {accepted}"));
            }
        }
    }

    /// <inheritdoc/>
    public override INestedModel CreateModel(int contributors) => new NestedClassifier(this, contributors);

    /// <inheritdoc/>
    public override ISharedLevel CreateSharedLevel(LevelId level, int threads) => new ExactMemory(this, threads);
}
