using System.CommandLine;
using NestedLearning.Models;

namespace NestedLearning.Cli.Commands;

/// <summary>The option that says which baselines learn the same stream.</summary>
internal sealed class BaselineArguments
{
    private readonly Option<string> _baselines = new("--baselines")
    {
        Description = $"Learners to compare with: all, none, or names with commas: {string.Join(", ", BaselineCatalog.Names)}.",
        DefaultValueFactory = _ => "all",
        HelpName = "NAMES",
    };

    public void AddTo(Command command) => command.Options.Add(_baselines);

    /// <exception cref="UnknownBaselineException">There is no baseline of a name.</exception>
    public IReadOnlyList<string> Names(ParseResult parsed)
    {
        string value = parsed.GetRequiredValue(_baselines);
        string[] names = value switch
        {
            "all" => [.. BaselineCatalog.Names],
            "none" => [],
            _ => value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
        };
        return Array.Find(names, name => !BaselineCatalog.Names.Contains(name)) is { } unknown
            ? throw new UnknownBaselineException(unknown)
            : names;
    }
}
