using Spectre.Console;

namespace NestedLearning.Cli.Doctor;

/// <summary>What <c>nl doctor</c> found.</summary>
internal sealed record DoctorReport(IReadOnlyList<DoctorCheck> Checks)
{
    /// <summary>Whether nothing failed; warnings are no failure.</summary>
    public bool IsHealthy => Checks.All(check => check.State != CheckState.Failed);

    /// <summary>Writes a line for each check, and below it what to do about it.</summary>
    public void Write(IAnsiConsole console)
    {
        Grid grid = new();
        grid.AddColumn(new GridColumn().NoWrap());
        grid.AddColumn(new GridColumn().NoWrap());
        grid.AddColumn();
        foreach (DoctorCheck check in Checks)
        {
            (string word, Color color) = check.State switch
            {
                CheckState.Good => ("ok", Color.Green),
                CheckState.Warning => ("warning", Color.Yellow),
                _ => ("failed", Color.Red),
            };
            grid.AddRow(new Text(word, new Style(color)), new Text(check.Name), new Text(check.Value));
            if (check.Advice is { } advice)
            {
                grid.AddRow(Text.Empty, Text.Empty, new Text(advice, new Style(decoration: Decoration.Dim)));
            }
        }

        console.Write(grid);
    }
}
