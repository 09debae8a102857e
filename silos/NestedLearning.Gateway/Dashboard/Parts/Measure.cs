using System.Globalization;
using NestedLearning.Gateway.Dashboard.Recording;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Gateway.Dashboard.Parts;

/// <summary>
/// By what is told how well a model knew what it was about to learn: right answers of a classifier, and of a sequence model what its
/// texts cost, or its tokens where they are no text.
/// </summary>
public abstract record Measure
{
    private Measure()
    {
    }

    /// <summary>The measure of a model.</summary>
    public static Measure Of(ModelSpec spec) => spec switch
    {
        SequenceSpec { Tokenizer: null } tokens => new Nats(Math.Log(tokens.Model.Vocabulary)),
        SequenceSpec => new Bits(),
        _ => new Share(),
    };

    /// <summary>The measure of what was seen of a model.</summary>
    public static Measure Of(Score seen) => seen switch
    {
        { CodeLength.Bytes: > 0 } => new Bits(),
        { MeanLoss: { } loss } => new Nats(loss),
        _ => new Share(),
    };

    /// <summary>What it measures, as the title of a curve.</summary>
    public abstract string Title { get; }

    /// <summary>The same in two words, as the name of a figure.</summary>
    public abstract string Name { get; }

    /// <summary>The unit of its values; null where they are percent.</summary>
    public abstract string? Unit { get; }

    /// <summary>What the colours begin with, and what they end with.</summary>
    public abstract (string Worst, string Best) Scale { get; }

    /// <summary>The name of the figure in the records of evaluations.</summary>
    public abstract string Figure { get; }

    /// <summary>The value of a score; null where it has none.</summary>
    public abstract double? ValueOf(in Score score);

    /// <summary>A value with its unit; a dash for none.</summary>
    public string Text(double? value) => value is null || Unit is null ? Number(value) : $"{Number(value)}\u00A0{Unit.Replace(' ', '\u00A0')}";

    /// <summary>The value of a score with its unit.</summary>
    public string TextOf(in Score score) => Text(ValueOf(score));

    /// <summary>The value of a score, where its unit is beside it.</summary>
    public string NumberOf(in Score score) => Number(ValueOf(score));

    /// <summary>The unit, where there is one, and what else there is to say of a figure.</summary>
    public string Note(string rest) => Unit is null ? rest : $"{Unit}, {rest}";

    /// <summary>How much of what there is to know a score knew, 0 to 1, for its colour: nothing at a guess among all tokens.</summary>
    public abstract double? KnownOf(in Score score);

    /// <summary>The height of a chart of values, and the lines across it.</summary>
    public abstract (double Top, IReadOnlyList<ChartTick> Ticks) Axis(IEnumerable<double?> values);

    /// <summary>A value without its unit, but for percent; a dash for none.</summary>
    protected virtual string Number(double? value) => value is { } cost ? cost.ToString("F3", CultureInfo.InvariantCulture) : "–";

    /// <summary>The share of events that were predicted correctly.</summary>
    private sealed record Share : Measure
    {
        public override string Title => "Predicted correctly just before being learned";

        public override string Name => "Known before";

        public override string? Unit => null;

        public override (string Worst, string Best) Scale => ("0\u00A0%", "100\u00A0%");

        public override string Figure => EvaluationFigures.Accuracy;

        public override double? ValueOf(in Score score) => score.Accuracy;

        protected override string Number(double? value) => Figures.Percent(value);

        public override double? KnownOf(in Score score) => score.Accuracy;

        public override (double Top, IReadOnlyList<ChartTick> Ticks) Axis(IEnumerable<double?> values) => (1, ChartTick.Percents);
    }

    /// <summary>What texts cost, in bits for each byte.</summary>
    private sealed record Bits : Measure
    {
        private const double OfAGuess = 8;

        public override string Title => "Cost of texts just before being learned, in bits a byte";

        public override string Name => "Cost before";

        public override string? Unit => "bits a byte";

        public override (string Worst, string Best) Scale => ("8\u00A0bits\u00A0a\u00A0byte", "0");

        public override string Figure => EvaluationFigures.BitsPerByte;

        public override double? ValueOf(in Score score) => score.CodeLength.BitsPerByte;

        public override double? KnownOf(in Score score) => 1 - (ValueOf(score) / OfAGuess);

        public override (double Top, IReadOnlyList<ChartTick> Ticks) Axis(IEnumerable<double?> values) => ChartTick.Costs(values.Max() ?? 0);
    }

    /// <summary>What tokens cost, in nats for each; a guess among all of them costs the logarithm of their number.</summary>
    private sealed record Nats(double OfAGuess) : Measure
    {
        public override string Title => "Cost of tokens just before being learned, in nats a token";

        public override string Name => "Cost before";

        public override string? Unit => "nats a token";

        public override (string Worst, string Best) Scale => (Text(OfAGuess), "0");

        public override string Figure => EvaluationFigures.Loss;

        public override double? ValueOf(in Score score) => score.MeanLoss;

        public override double? KnownOf(in Score score) => 1 - (ValueOf(score) / OfAGuess);

        public override (double Top, IReadOnlyList<ChartTick> Ticks) Axis(IEnumerable<double?> values) => ChartTick.Costs(values.Max() ?? 0);
    }
}
