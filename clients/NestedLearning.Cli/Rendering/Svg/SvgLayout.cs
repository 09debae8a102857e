namespace NestedLearning.Cli.Rendering;

/// <summary>Where the parts of a heat map picture stand, in pixels.</summary>
internal sealed record SvgLayout
{
    public const double Margin = 24;
    public const double TitleSize = 18;
    public const double HeadingSize = 14;
    public const double SmallSize = 11.5;
    public const double LegendBar = 14;
    public const double LegendHeight = 160;

    private const double BoldFactor = 1.1;
    private const double MinSlot = 140;
    private const double LegendWidth = 64;
    private const double MaxLabel = 150;
    private const double HeadingHeight = 52;
    private const double AxisTitle = 22;

    /// <summary>Room for some maps of the same tasks, side by side under a title.</summary>
    public SvgLayout(string title, IReadOnlyList<AccuracyGrid> grids)
    {
        IReadOnlyList<string> tasks = grids[0].Tasks;
        Cell = Math.Clamp(Math.Floor(540.0 / tasks.Count), tasks.Count > 40 ? 6 : 18, 44);
        LabelSize = Math.Clamp(Cell - 5, 8, 12);
        ValueSize = Cell >= 40 ? 12 : Cell / 2;
        Side = Cell * tasks.Count;
        LabelWidth = Math.Min(MaxLabel, tasks.Max(task => Width(task, LabelSize)));
        Left = Margin + AxisTitle + LabelWidth + 8;
        Top = Margin + TitleSize + HeadingHeight;
        double slot = Math.Max(Side, grids.Max(grid => Math.Max(MinSlot, Width(grid.Title, HeadingSize * BoldFactor))));
        Pitch = slot + Math.Max(36, Cell);
        FullWidth = Math.Max(
            Left + ((grids.Count - 1) * Pitch) + slot + LegendWidth + Margin,
            (2 * Margin) + Width(title, TitleSize * BoldFactor));
        FullHeight = Top + Math.Max(Side + (LabelWidth * Math.Sqrt(0.5)) + 16 + AxisTitle, LegendHeight) + Margin;
    }

    /// <summary>The side of one cell.</summary>
    public double Cell { get; }

    /// <summary>The side of one map.</summary>
    public double Side { get; }

    /// <summary>From the left edge of one map to that of the next.</summary>
    public double Pitch { get; }

    /// <summary>The font size of the tasks' names.</summary>
    public double LabelSize { get; }

    /// <summary>The font size of the cells' figures.</summary>
    public double ValueSize { get; }

    /// <summary>The width of the tasks' names.</summary>
    public double LabelWidth { get; }

    /// <summary>The left edge of the first map.</summary>
    public double Left { get; }

    /// <summary>The top edge of the maps.</summary>
    public double Top { get; }

    /// <summary>The width of the picture.</summary>
    public double FullWidth { get; }

    /// <summary>The height of the picture.</summary>
    public double FullHeight { get; }

    /// <summary>Every how many tasks there is a name, so that names do not touch.</summary>
    public int LabelStep => (int)Math.Ceiling(1.1 * LabelSize / Cell);

    /// <summary>Whether figures in the cells can be read.</summary>
    public bool ShowsValues => Cell >= 18;

    /// <summary>The decimals that a cell has room for.</summary>
    public int ValueDecimals => Cell >= 40 ? 1 : 0;

    /// <summary>The left edge of a map.</summary>
    public double MapLeft(int map) => Left + (map * Pitch);

    /// <summary>The name, cut to the room that labels have.</summary>
    public string Label(string task)
    {
        if (Width(task, LabelSize) <= LabelWidth)
        {
            return task;
        }

        int length = task.Length;
        while (length > 1 && Width(task[..length] + "…", LabelSize) > LabelWidth)
        {
            length--;
        }

        return task[..length] + "…";
    }

    /// <summary>About how wide a sans serif text is; East Asian characters are square.</summary>
    private static double Width(string text, double size) => size * text.Sum(c => c >= '\u2E80' ? 1.0 : 0.57);
}
