using NestedLearning.Cli.Rendering;
using Spectre.Console;

namespace NestedLearning.Cli.Tests.Rendering;

public class AccuracyHeatMapTests
{
    [Fact]
    public void Write_ThreeTasksWithoutColors_IsReadable()
    {
        PlainConsole console = new();

        AccuracyHeatMap.Write(console.Console, Grids.Three);

        Assert.Equal(
            """
            Nested
                                  1     2     3
             1 banking        100.0  87.5  80.0
             2 travel & food      ·  50.0  25.0
             3 work               ·     ·   0.0
            Accuracy in percent on the row's task, after learning the column's.

            """.ReplaceLineEndings("\n"),
            console.Output);
    }

    [Fact]
    public void Write_ThirteenTasksAtEightyColumns_RoundsToWholePercent()
    {
        PlainConsole console = new();

        AccuracyHeatMap.Write(console.Console, Grids.Fading(13));

        Assert.Contains(" 1 task-1    95  94  93  92  91  90  89  88  87  86  85  84  83", console.Lines);
        Assert.Contains("13 task-13    ·   ·   ·   ·   ·   ·   ·   ·   ·   ·   ·   ·  95", console.Lines);
    }

    [Fact]
    public void Write_ThirtyTasksAtEightyColumns_IsCompactAndSaysHow()
    {
        PlainConsole console = new();

        AccuracyHeatMap.Write(console.Console, Grids.Fading(30));

        Assert.Contains("            1       5        10        15        20        25        30", console.Lines);
        Assert.Contains(" 2 task-2   · 9 9 9 9 9 9 8 8 8 8 8 8 8 8 8 8 7 7 7 7 7 7 7 7 7 7 6 6 6  67.0", console.Lines);
        Assert.Contains("A digit is tens of percent, 9 is 90 to 100; at the end is the final accuracy.", console.Lines);
    }

    [Theory]
    [InlineData(1, 80)]
    [InlineData(10, 80)]
    [InlineData(13, 80)]
    [InlineData(30, 80)]
    [InlineData(30, 200)]
    [InlineData(100, 80)]
    [InlineData(30, 40)]
    public void Write_AnyTasksAtAnyWidth_FillsNoMoreThanTheWidth(int tasks, int width)
    {
        PlainConsole console = new(width);

        AccuracyHeatMap.Write(console.Console, Grids.Fading(tasks, "a rather long name of a task, 任務"));

        string[] lines = [.. console.Lines];
        Assert.All(lines, line => Assert.InRange(TextWidth.Of(line), 0, width));
        Assert.Equal(Enumerable.Range(1, tasks), lines.Skip(2).Take(tasks).Select(line => int.Parse(line[..3])));
    }

    [Fact]
    public void Write_ColorTerminal_ColorsCellsByTheirValue()
    {
        StringWriter output = new();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            ColorSystem = ColorSystemSupport.TrueColor,
            Out = new AnsiConsoleOutput(output),
        });
        console.Profile.Width = 80;

        AccuracyHeatMap.Write(console, Grids.Three);

        Assert.Contains("48;2;253;231;37m 100.0", output.ToString());
        Assert.Contains("48;2;68;1;84m   0.0", output.ToString());
    }

    [Fact]
    public void AccuracyGrid_MatrixThatIsNotSquare_IsRefused() =>
        Assert.Throws<ArgumentException>(() => new AccuracyGrid("x", ["a", "b"], [[1, 1], [1]]));
}
