using System.Globalization;

namespace NestedLearning.Cli.Rendering;

/// <summary>How a heat map's cells fit a terminal: with one decimal, as whole percent, or as one digit.</summary>
/// <param name="CellWidth">The columns of one cell with the blank before its figure.</param>
/// <param name="LabelWidth">The columns of the tasks' names.</param>
/// <param name="Step">Every how many tasks there is a column; the last task always has one.</param>
internal sealed record HeatMapFormat(int CellWidth, int LabelWidth, int Step)
{
    private const int Decimals = 6;
    private const int Whole = 4;
    private const int Digit = 2;
    private const int Final = 6;
    private const int MinLabel = 8;
    private const int GoodLabel = 18;
    private const int MaxLabel = 28;

    /// <summary>Whether a cell is one digit, and the exact final figures stand at the end of the rows.</summary>
    public bool IsCompact => CellWidth == Digit;

    /// <summary>What a digit means, for the reader; null if cells are numbers.</summary>
    public string? Legend
    {
        get
        {
            string columns = Step > 1 ? $" One task in {Step} has a column." : "";
            return IsCompact
                ? $"A digit is tens of percent, 9 is 90 to 100; at the end is the final accuracy.{columns}"
                : null;
        }
    }

    /// <summary>Chooses the most exact form that fits.</summary>
    public static HeatMapFormat Choose(AccuracyGrid grid, int width)
    {
        int wanted = Math.Min(MaxLabel, grid.Tasks.Index().Max(task => TextWidth.Of(Label(task.Index, task.Item))));
        foreach (int cell in (int[])[Decimals, Whole])
        {
            int room = width - (cell * grid.Count);
            if (room >= Math.Min(wanted, GoodLabel))
            {
                return new HeatMapFormat(cell, Math.Min(wanted, room), 1);
            }
        }

        int step = 1;
        while (CompactRoom(grid.Count, step, width) < Math.Min(wanted, MinLabel) && step < grid.Count)
        {
            step++;
        }

        return new HeatMapFormat(Digit, Math.Clamp(CompactRoom(grid.Count, step, width), 1, wanted), step);
    }

    /// <summary>The tasks that have a column.</summary>
    public IEnumerable<int> Columns(int count) =>
        Enumerable.Range(0, count).Where(column => (count - 1 - column) % Step == 0);

    /// <summary>The name before a row, numbered as the columns are.</summary>
    public string RowLabel(int task, string name) => TextWidth.Fit(Label(task, name), LabelWidth);

    /// <summary>The number above a column; compact cells leave room for every fifth only.</summary>
    public string Header(int column) => !IsCompact || column == 0 || (column + 1) % 5 == 0
        ? (column + 1).ToString(CultureInfo.InvariantCulture).PadLeft(CellWidth)
        : new string(' ', CellWidth);

    /// <summary>The figure in a cell.</summary>
    public string Cell(double? value) => (value is not { } accuracy ? "·" : CellWidth switch
    {
        Decimals => Figures.Percent(accuracy),
        Whole => Figures.Percent(accuracy, 0),
        _ => Math.Clamp((int)(accuracy * 10), 0, 9).ToString(CultureInfo.InvariantCulture),
    }).PadLeft(CellWidth);

    private static int CompactRoom(int count, int step, int width) =>
        width - (Digit * ((count + step - 1) / step)) - Final;

    private static string Label(int task, string name) =>
        string.Create(CultureInfo.InvariantCulture, $"{task + 1,2} {name.ReplaceLineEndings(" ")} ");
}
