using System.CommandLine;

namespace NestedLearning.Cli.Commands;

/// <summary>What says where a server's keys are.</summary>
internal sealed class KeyFileArguments
{
    private readonly Option<DirectoryInfo?> _dataDirectory = new("--data-dir")
    {
        Description = "The data directory of 'nl serve'.",
        HelpName = "DIR",
    };

    private readonly Option<FileInfo?> _file = new("--file")
    {
        Description = "The file itself, as a silo's setting Api:KeysFile names it.",
        HelpName = "FILE",
    };

    /// <summary>Where <c>nl serve</c> has its keys.</summary>
    public static string FileIn(string dataDirectory) => Path.Combine(dataDirectory, "keys.json");

    public void AddTo(Command command)
    {
        command.Options.Add(_dataDirectory);
        command.Options.Add(_file);
    }

    /// <exception cref="UsageException">Neither is given, or both.</exception>
    public string FullName(ParseResult parsed) => (parsed.GetValue(_dataDirectory), parsed.GetValue(_file)) switch
    {
        ({ } directory, null) => FileIn(directory.FullName),
        (null, { } file) => file.FullName,
        _ => throw new UsageException("One of --data-dir and --file says where the keys are."),
    };
}
