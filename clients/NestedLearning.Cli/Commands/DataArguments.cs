using System.CommandLine;
using NestedLearning.Cli.Data;
using NestedLearning.Models;

namespace NestedLearning.Cli.Commands;

/// <summary>The options that say what to learn from, and in which order.</summary>
internal sealed class DataArguments
{
    private readonly Option<string> _data = new("--data")
    {
        Description = "A file of JSON Lines or CSV, '-' for standard input, or builtin:dotnet-messages.",
        HelpName = "FILE",
        Required = true,
    };

    private readonly Option<string> _text = Field("text", "Text");
    private readonly Option<string> _label = Field("label", "Label");
    private readonly Option<string> _task = Field("task", "Task");
    private readonly Option<string> _split = Field("split", "Split");

    private readonly Option<string> _order = new("--order")
    {
        Description = "The order of tasks: stream (as they appear), random (by the seed), or their names with commas.",
        DefaultValueFactory = _ => "stream",
    };

    private readonly Option<int?> _perTask = new("--messages-per-task")
    {
        Description = "With builtin:dotnet-messages, at most this many messages for each language.",
    };

    private readonly Option<int?> _components = new("--components")
    {
        Description = "With builtin:dotnet-messages, only the components with the most messages.",
    };

    public void AddTo(Command command)
    {
        foreach (Option option in new Option[] { _data, _text, _label, _task, _split, _order, _perTask, _components })
        {
            command.Options.Add(option);
        }
    }

    /// <summary>Reads the data, cuts it where it comes without a split, and orders its tasks.</summary>
    /// <exception cref="DataException">The data cannot be read.</exception>
    /// <exception cref="TaskStreamException">The data makes no stream of tasks, or the order does not fit.</exception>
    public async Task<TaskStream> ReadAsync(ParseResult parsed, ClassifierSpec spec, int seed, CancellationToken cancellationToken)
    {
        DataOptions options = new()
        {
            Fields = new FieldNames(
                parsed.GetRequiredValue(_text), parsed.GetRequiredValue(_label), parsed.GetRequiredValue(_task), parsed.GetRequiredValue(_split)),
            Limits = new ReadingLimits { Features = spec.Features, MaxTextLength = spec.MaxTextLength, MaxNameLength = ClassifierSpec.MaxLabelLength },
            Messages = new DotnetMessagesOptions
            {
                MaxPerLanguage = parsed.GetValue(_perTask),
                Components = parsed.GetValue(_components),
            },
        };
        using IExampleSource source = DataSource.Open(parsed.GetRequiredValue(_data), options);
        ExampleSet set = await ExampleSet.ReadAsync(source, cancellationToken);
        IReadOnlyList<Example> examples = set.HasSplit ? set.Examples : TrainTestCut.Apply(set.Examples, seed);
        return parsed.GetRequiredValue(_order) switch
        {
            "stream" => TaskStream.InOrderOfAppearance(examples),
            "random" => TaskStream.InRandomOrder(examples, seed),
            string names => TaskStream.InOrder(examples, names.Split(',', StringSplitOptions.TrimEntries)),
        };
    }

    private static Option<string> Field(string name, string meaning) => new($"--{name}-field")
    {
        Description = $"{meaning} is in this field or column.",
        DefaultValueFactory = _ => name,
        HelpName = "NAME",
    };
}
