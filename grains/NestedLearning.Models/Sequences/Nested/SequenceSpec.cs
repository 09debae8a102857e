using System.Text.Json.Serialization;
using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>
/// A sequence model, Hope by default, whose levels are shared: one for each period of its parameters. An event is one step, on windows of a
/// text (<see cref="TokenInput"/>); so W memories that each see a W-th of a step's windows learn what one would that sees them all.
/// </summary>
/// <param name="Model">The model.</param>
public sealed record SequenceSpec(SequenceSettings Model) : ModelSpec
{
    /// <summary>The most values of the tokens in one event.</summary>
    public const int MaxTokens = 1 << 24;

    /// <summary>How its levels step, and what its first parameters are drawn by.</summary>
    public SequenceTrainingSettings Training { get; init; } = new();

    /// <summary>
    /// 0, the default: memories send the sums of their gradients once in a level's period, and its consolidator steps by
    /// <see cref="Training"/>; this is exact. From 1 on: memories step by themselves, and after so many steps, or a level's period if that is
    /// longer, send how far they moved; its consolidator steps by <see cref="Outer"/> (DiLoCo, arXiv 2311.08105).
    /// </summary>
    public int LocalSteps { get; init; }

    /// <summary>How consolidators step along what memories moved; without meaning for gradients. The defaults are DiLoCo's.</summary>
    public OuterSettings Outer { get; init; } = new();

    /// <inheritdoc/>
    [JsonIgnore]
    public override IReadOnlyList<LevelSpec> Levels =>
        [.. Model.LevelPeriods.Select(period => new LevelSpec(
            LevelOf(period), LevelScope.Shared, LocalSteps == 0 ? UpdateKind.Gradient : UpdateKind.Delta, StepsBetweenUpdates(period)))];

    /// <summary>The level of the parameters that change in this period.</summary>
    public static LevelId LevelOf(int period) => new(FormattableString.Invariant($"period-{period}"));

    /// <inheritdoc/>
    public override void Validate()
    {
        List<string> violations = [.. Model.Violations(), .. Training.Violations(), .. Outer.Violations()];
        if (LocalSteps is < 0 or > 1_000_000)
        {
            violations.Add($"{nameof(LocalSteps)} is {LocalSteps}, accepted: 0 to 1000000");
        }

        if (LocalSteps != 0 && Model.Continuum == ContinuumKind.Nested)
        {
            violations.Add($"{nameof(LocalSteps)} is {LocalSteps}, accepted where {nameof(Model.Continuum)} is {ContinuumKind.Nested}: 0");
        }

        if (FormatVersion != 1)
        {
            violations.Add($"{nameof(FormatVersion)} is {FormatVersion}, accepted: 1");
        }

        if (violations.Count > 0)
        {
            throw new InvalidSpecException(violations);
        }
    }

    /// <inheritdoc/>
    public override INestedModel CreateModel(int contributors)
    {
        SequenceModel model = CreateSequenceModel();
        return new NestedSequence(this, model, LocalSteps == 0 ? new GradientExchange(model) : new DeltaExchange(model, Training));
    }

    /// <inheritdoc/>
    public override ISharedLevel CreateSharedLevel(LevelId level, int threads)
    {
        using SequenceModel model = CreateSequenceModel();
        int index = IndexOf(level);
        TensorSet initial = model.Parameters.Save(index);
        return LocalSteps == 0
            ? new OuterLevel(Levels[index], initial, Training.OfPeriod(model.Periods[index]), new AggregationSettings()) { Restarts = RestartsOf(model, index) }
            : new OuterLevel(Levels[index], initial, Outer, new AggregationSettings());
    }

    /// <summary>The place of a level among the model's levels.</summary>
    internal int IndexOf(LevelId level)
    {
        int index = Model.LevelPeriods.ToList().FindIndex(period => LevelOf(period) == level);
        return index >= 0 ? index : throw new ArgumentException($"The model has no level '{level}'.", nameof(level));
    }

    /// <summary>After how many folds of a level which of its parameters are 0 again.</summary>
    private static Dictionary<string, long> RestartsOf(SequenceModel model, int index) => model.Parameters[index]
        .Where(model.Restarts.ContainsKey)
        .ToDictionary(parameter => parameter.Name, parameter => (long)model.Restarts[parameter] / model.Periods[index]);

    private SequenceModel CreateSequenceModel() => new(new ManagedBackend(), Model, Training.Seed);

    /// <summary>Whole periods of the level, so that it moves between any two updates.</summary>
    private int StepsBetweenUpdates(int period) => period * Math.Max(1, (LocalSteps + period - 1) / period);
}
