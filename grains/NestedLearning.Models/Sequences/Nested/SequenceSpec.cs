using System.Text.Json.Serialization;
using NestedLearning.Tensors;

namespace NestedLearning.Models;

/// <summary>
/// A sequence model, Hope by default, whose levels are shared: one for each period of its parameters. An event is one step, on windows of a
/// text (<see cref="TokenInput"/>); so W memories that each see a W-th of a step's windows learn what one would that sees them all. Where the
/// model has a tokenizer, a text (<see cref="TextInput"/>) is an event, too: it is cut into windows of the training's length, the last one
/// being as long as what is left, and the step follows the mean of the loss over all its tokens but the first.
/// </summary>
/// <param name="Model">The model.</param>
public sealed record SequenceSpec(SequenceSettings Model) : ModelSpec
{
    /// <summary>The most values of the tokens in one event.</summary>
    public const int MaxTokens = 1 << 24;

    /// <summary>The most tokens of one text.</summary>
    public const int MaxTextTokens = 1 << 16;

    /// <summary>A model of texts with all defaults, whose tokens are bytes.</summary>
    public static SequenceSpec OfBytes { get; } = new(new SequenceSettings(256)) { Tokenizer = SequenceModelTokenizer.Bytes };

    /// <summary>What makes tokens of texts, as many as the model knows; null, the default, for a model that takes tokens only.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public SequenceModelTokenizer? Tokenizer { get; init; }

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
        List<string> violations = Violations();
        if (violations.Count > 0)
        {
            throw new InvalidSpecException(violations);
        }
    }

    /// <summary>The same model with as many tokens as its tokenizer makes, if it has one that makes tokens.</summary>
    public SequenceSpec WithVocabularyOfTokenizer()
    {
        (int? vocabulary, _) = CountTokens();
        return Model is null || vocabulary is null ? this : this with { Model = Model with { Vocabulary = vocabulary.Value } };
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

    /// <summary>One line for each setting that is out of its range. Settings that came from outside may be null.</summary>
    private List<string> Violations()
    {
        string[] missing = [.. Missing(Model, nameof(Model)), .. Missing(Training, nameof(Training)), .. Missing(Outer, nameof(Outer)), .. Model is null ? [] : Missing(Model.Periods, nameof(Model.Periods))];
        if (missing.Length > 0)
        {
            return [.. missing];
        }

        List<string> violations = [.. Model!.Violations(), .. Training.Violations(), .. Outer.Violations()];
        (int? tokens, string? problem) = CountTokens();
        if (problem is not null || (tokens ?? Model.Vocabulary) != Model.Vocabulary)
        {
            violations.Add(problem ?? $"{nameof(Model.Vocabulary)} is {Model.Vocabulary}, accepted with this tokenizer: {tokens}");
        }

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

        return violations;

        static IEnumerable<string> Missing(object? value, string setting) => value is null ? [$"{setting} is null, accepted: its settings, or nothing"] : [];
    }

    /// <summary>How many tokens the tokenizer makes; null for none, or for one that makes none, with what is wrong with it.</summary>
    private (int? Tokens, string? Problem) CountTokens()
    {
        try
        {
            return (Tokenizer?.Make().Vocabulary, null);
        }
        catch (NestedLearningException error)
        {
            return (null, $"{nameof(Tokenizer)}: {error.Message}");
        }
    }

    private SequenceModel CreateSequenceModel() => new(new ManagedBackend(), Model, Training.Seed);

    /// <summary>Whole periods of the level, so that it moves between any two updates.</summary>
    private int StepsBetweenUpdates(int period) => period * Math.Max(1, (LocalSteps + period - 1) / period);
}
