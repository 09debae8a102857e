using Spectre.Console;

namespace NestedLearning.Cli.Tests.Rendering;

/// <summary>A console without colours that keeps what is written.</summary>
internal sealed class PlainConsole
{
    private readonly StringWriter _output = new() { NewLine = "\n" };

    public PlainConsole(int width = 80)
    {
        Console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(_output),
        });
        Console.Profile.Width = width;
        Console.Profile.Capabilities.Unicode = true;
    }

    public IAnsiConsole Console { get; }

    /// <summary>The output, its lines ended by LF and without blanks at their ends.</summary>
    public string Output => string.Join('\n', Lines);

    public IEnumerable<string> Lines => _output.ToString().ReplaceLineEndings("\n").Split('\n').Select(line => line.TrimEnd());
}
