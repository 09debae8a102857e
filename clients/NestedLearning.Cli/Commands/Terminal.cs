using Spectre.Console;

namespace NestedLearning.Cli.Commands;

/// <summary>The console that <c>nl</c> speaks to.</summary>
internal static class Terminal
{
    private const int PlainWidth = 120;

    /// <summary>Colours and a live bar on a terminal; plain text of a fixed width where the output goes to a file or a pipe.</summary>
    public static IAnsiConsole Create()
    {
        if (!Console.IsOutputRedirected)
        {
            return AnsiConsole.Create(new AnsiConsoleSettings());
        }

        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
        });
        console.Profile.Width = PlainWidth;
        return console;
    }
}
