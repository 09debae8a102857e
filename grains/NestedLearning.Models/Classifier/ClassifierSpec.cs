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

    /// <summary>The length D of a key: a power of two from 64 to 16,384; default 4,096. A fold costs D³/3.</summary>
    public int Features { get; init; } = 4096;

    /// <summary>The ridge λ of the exact memory, above 0; default 0.1.</summary>
    public float Ridge { get; init; } = 0.1f;

    /// <summary>The rate κ of the fast memory for a memory that sees the whole stream, above 0 to 10; default 0.3.</summary>
    public float FastRate { get; init; } = 0.3f;

    /// <summary>
    /// Whether other classes have the target min(0, score) instead of 0. About a point better on clean labels, worse
    /// from 40% label noise, and dependent on the order of events; default true.
    /// </summary>
    public bool OneSidedTargets { get; init; } = true;

    /// <summary>How many events pass between two folds of the shared level at first, from 1; default 500.</summary>
    public long Period { get; init; } = 500;

    /// <summary>The share of the folded events that the period grows to, 0 to 1; default 0.1.</summary>
    public double PeriodGrowth { get; init; } = 0.1;

    /// <summary>The largest number of classes, 1 to 65,536; default 10,000. An event of one more class is refused.</summary>
    public int MaxClasses { get; init; } = 10_000;

    /// <summary>The longest text of an event, in UTF-16 code units, 1 to 1,048,576; default 65,536.</summary>
    public int MaxTextLength { get; init; } = 65_536;

    /// <inheritdoc/>
    [JsonIgnore]
    public override IReadOnlyList<LevelSpec> Levels =>
    [
        new(FastLevel, LevelScope.Memory, UpdateKind.Statistics, 1),
        new(SlowLevel, LevelScope.Shared, UpdateKind.Statistics, Period, PeriodGrowth),
    ];

    /// <inheritdoc/>
    public override void Validate() => throw new NotSupportedException();

    /// <inheritdoc/>
    public override INestedModel CreateModel(int contributors) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override ISharedLevel CreateSharedLevel(LevelId level) => throw new NotSupportedException();
}
