using System.CommandLine;

namespace NestedLearning.Cli.Commands;

/// <summary>Where a command leaves its result beside the terminal.</summary>
internal sealed class OutputOptions
{
    private readonly Option<FileInfo?> _json = new("--json") { Description = "Write the result as JSON to this file.", HelpName = "FILE" };
    private readonly Option<FileInfo?> _plot = new("--plot") { Description = "Draw the accuracy matrices to this SVG file.", HelpName = "FILE.svg" };

    public void AddTo(Command command, bool withPlot = true)
    {
        command.Options.Add(_json);
        if (withPlot)
        {
            command.Options.Add(_plot);
        }
    }

    public FileInfo? Json(ParseResult parsed) => parsed.GetValue(_json);

    public FileInfo? Plot(ParseResult parsed) => parsed.GetValue(_plot);

    /// <summary>Makes sure before long work that its result can be written.</summary>
    /// <exception cref="UsageException">A file's folder does not exist, or it is a folder itself.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be written.</exception>
    public void Check(ParseResult parsed)
    {
        foreach (FileInfo? file in new[] { Json(parsed), Plot(parsed) })
        {
            if (file is { Directory.Exists: false })
            {
                throw new UsageException($"The folder of '{file}' does not exist.");
            }

            if (file is not null && Directory.Exists(file.FullName))
            {
                throw new UsageException($"'{file}' is a folder; accepted: a file.");
            }

            if (file is { Exists: true })
            {
                using FileStream probe = file.OpenWrite();
            }
        }
    }
}
