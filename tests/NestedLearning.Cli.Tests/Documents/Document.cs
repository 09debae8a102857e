using System.Text.RegularExpressions;

namespace NestedLearning.Cli.Tests.Documents;

/// <summary>The documents of the repository, and the commands in them.</summary>
internal static partial class Document
{
    private const string Fence = "```";

    public static string Repository { get; } = FindRepository();

    /// <summary>README, CONTRIBUTING and all of docs, as paths in the repository.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        "README.md", "CONTRIBUTING.md",
        .. Directory.GetFiles(Path.Combine(Repository, "docs"), "*.md").Select(file => $"docs/{Path.GetFileName(file)}").Order(StringComparer.Ordinal),
    ];

    /// <summary>The commands of a document, in its order.</summary>
    /// <exception cref="InvalidOperationException">A block does not say that it holds commands.</exception>
    public static IReadOnlyList<DocumentedCommand> Read(string document)
    {
        string[] lines = File.ReadAllLines(Path.Combine(Repository, document));
        List<DocumentedCommand> commands = [];
        for (int i = 0; i < lines.Length; i++)
        {
            int first = i;
            if (lines[i].StartsWith(Fence, StringComparison.Ordinal))
            {
                i = Array.FindIndex(lines, i + 1, line => line.StartsWith(Fence, StringComparison.Ordinal));
                commands.AddRange(OfBlock(document, first + 1, lines[first][Fence.Length..], lines[(first + 1)..i]));
            }
            else if (lines[i].Length > 0)
            {
                while (i + 1 < lines.Length && lines[i + 1].Length > 0 && !lines[i + 1].StartsWith(Fence, StringComparison.Ordinal))
                {
                    i++;
                }

                commands.AddRange(OfText(document, first + 1, string.Join('\n', lines[first..(i + 1)]), LastCommand(commands)));
            }
        }

        return commands;
    }

    private static IEnumerable<DocumentedCommand> OfBlock(string document, int line, string language, string[] lines) => language switch
    {
        "sh" => [new DocumentedCommand(document, line + 1, string.Join('\n', lines), DocumentedKind.Script)],
        "console" => lines.Index().Where(one => one.Item.StartsWith("$ ", StringComparison.Ordinal))
            .Select(one => new DocumentedCommand(document, line + 1 + one.Index, one.Item[2..], DocumentedKind.Transcript)),
        _ when lines.FirstOrDefault(one => Program().IsMatch(one)) is { } command => throw new InvalidOperationException(
            $"{document}:{line}: a block with the command '{command}' is not marked as sh or console."),
        _ => [],
    };

    /// <param name="document">Where it is.</param>
    /// <param name="line">Its first line.</param>
    /// <param name="text">A paragraph or a table.</param>
    /// <param name="last">The command that options in the table are added to, unless one in the text comes before them.</param>
    private static List<DocumentedCommand> OfText(string document, int line, string text, string? last)
    {
        List<DocumentedCommand> commands = [];
        foreach (Match span in Span().Matches(text))
        {
            string content = string.Join(' ', span.Groups[1].Value.Split('\n').Select(part => part.Trim()));
            int at = line + text.AsSpan(0, span.Index).Count('\n');
            if (Program().IsMatch(content))
            {
                commands.Add(new DocumentedCommand(document, at, content, DocumentedKind.Span));
                last = content;
            }
            else if (last is not null && text.StartsWith('|') && OptionWithValue().IsMatch(content))
            {
                commands.Add(new DocumentedCommand(document, at, CommandLine.With(last, content), DocumentedKind.Span));
            }
        }

        return commands;
    }

    private static string? LastCommand(List<DocumentedCommand> commands) =>
        commands.SelectMany(command => CommandLine.Nl(command.Text)).LastOrDefault(CommandLine.HasValue);

    private static string FindRepository()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "NestedLearning.Embedded.slnf")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new InvalidOperationException("The tests do not run in the repository.");
    }

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Span();

    /// <summary>A line that begins with a program, perhaps after variables of its environment.</summary>
    [GeneratedRegex("""^(?:\$ )?([A-Z][A-Za-z_]+=\S+ )*((nl|nl-silo|dotnet|curl|docker|kubectl|taskset|tail|printf|cp) \S|deploy/local/(up|down))""")]
    private static partial Regex Program();

    [GeneratedRegex("^--[a-z-]+ [^-…][^…]*$")]
    private static partial Regex OptionWithValue();
}
