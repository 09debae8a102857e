using NestedLearning.Cli.Rendering;
using Spectre.Console;

namespace NestedLearning.Cli.Training.Sequences;

/// <summary>Shows the result of <c>nl train hope</c>.</summary>
internal static class SequencePresentation
{
    /// <summary>Writes the levels, the curve and a line that sums up.</summary>
    public static void Write(IAnsiConsole console, SequenceReport report)
    {
        console.Write(Levels(report));
        Table curve = Titled("Loss, nats a token", "Step", "Training", "Validation");
        foreach (SequencePoint point in report.Curve)
        {
            curve.AddRow(Figures.Count(point.Step), Loss(point.TrainingLoss), Loss(point.ValidationLoss));
        }

        console.Write(curve);
        string speed = report.TokensPerSecond is { } tokens ? FormattableString.Invariant($" {tokens:N0} tokens a second on {report.Backend}.") : "";
        console.WriteLine(FormattableString.Invariant($"Validation: {report.ValidationLoss:F4} nats a token, {report.BitsPerByte:F3} bits a byte.{speed}"));
        if (report.LongestGradient is { } longest)
        {
            console.WriteLine(FormattableString.Invariant($"The longest gradient of a step was {longest:G3} before it was shortened."));
        }

        if (report.Tiers is not null)
        {
            string up = Figures.Bytes(report.BytesUp.Values.Sum() / report.Workers);
            string down = Figures.Bytes(report.BytesDown.Values.Sum() / report.Workers);
            console.WriteLine($"Each of {report.Workers} workers: {up} up, {down} down.");
        }
    }

    private static Table Levels(SequenceReport report)
    {
        bool isShared = report.Tiers is not null;
        Table table = Titled("Levels", ["Period", "Parameters", "Steps taken", .. isShared ? new[] { "Up, a worker", "Down, a worker" } : []]);
        foreach (SequenceLevel level in report.Levels)
        {
            string[] bytes = isShared ? [Figures.Bytes(level.BytesUp / report.Workers), Figures.Bytes(level.BytesDown / report.Workers)] : [];
            table.AddRow([Figures.Count(level.Period), Figures.Count(level.Parameters), Figures.Count(level.Version), .. bytes]);
        }

        return table;
    }

    private static Table Titled(string title, params string[] columns)
    {
        Table table = new() { Border = TableBorder.Simple, Title = new TableTitle(title) };
        return table.AddColumns([.. columns.Select(column => new TableColumn(column).RightAligned())]);
    }

    private static string Loss(double loss) => FormattableString.Invariant($"{loss:F4}");
}
