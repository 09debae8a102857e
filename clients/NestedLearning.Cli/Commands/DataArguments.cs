using System.CommandLine;
using NestedLearning.Cli.Data;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Cli.Commands;

/// <summary>The options that say what to learn from, and in which order.</summary>
internal sealed class DataArguments
{
    private const string StreamOrder = "stream";

    private readonly Option<string> _data = new("--data")
    {
        Description = "A file of JSON Lines or CSV or its address, '-' for standard input, or builtin:dotnet-messages.",
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
        DefaultValueFactory = _ => StreamOrder,
        HelpName = "ORDER",
    };

    private readonly Option<int?> _perTask = new("--messages-per-task")
    {
        Description = "With builtin:dotnet-messages, at most this many messages for each language.",
        HelpName = "N",
    };

    private readonly Option<int?> _components = new("--components")
    {
        Description = "With builtin:dotnet-messages, only this many components, those with the most messages.",
        HelpName = "N",
    };

    /// <param name="command">The command that reads data.</param>
    /// <param name="withOrder">Whether tasks matter to it.</param>
    public void AddTo(Command command, bool withOrder = true)
    {
        foreach (Option option in new Option[] { _data, _text, _label, _task, _split, _perTask, _components })
        {
            command.Options.Add(option);
        }

        if (withOrder)
        {
            command.Options.Add(_order);
        }
    }

    /// <summary>Makes sure that the options are in their ranges and go together.</summary>
    /// <exception cref="UsageException">They do not.</exception>
    public void Check(ParseResult parsed)
    {
        string data = parsed.GetRequiredValue(_data);
        if (string.IsNullOrWhiteSpace(data))
        {
            throw new UsageException("--data is empty; accepted: a file, '-' or builtin:dotnet-messages.");
        }

        foreach (Option<int?> option in new[] { _perTask, _components })
        {
            if (parsed.GetValue(option) is { } value && (value < 1 || data != DotnetMessages.SourceName))
            {
                throw new UsageException(value < 1
                    ? $"{option.Name} is {value}; accepted: 1 or more."
                    : $"{option.Name} goes with {DotnetMessages.SourceName} only.");
            }
        }
    }

    /// <summary>Whether the data come from standard input.</summary>
    public bool IsStandardInput(ParseResult parsed) => parsed.GetRequiredValue(_data) == "-";

    /// <summary>Opens the data, to be read event by event.</summary>
    /// <exception cref="DataException">There is no such data.</exception>
    public IExampleSource Open(ParseResult parsed, ReadingLimits limits)
    {
        DataOptions options = new()
        {
            Fields = Fields(parsed),
            Limits = limits,
            Messages = new DotnetMessagesOptions
            {
                MaxPerLanguage = parsed.GetValue(_perTask),
                Components = parsed.GetValue(_components),
            },
        };
        return DataSource.Open(parsed.GetRequiredValue(_data), options);
    }

    /// <summary>Opens the data as a text, whose pieces are events.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="length">About how many characters a piece has.</param>
    /// <param name="eachLine">Whether each line is an event, as it comes.</param>
    /// <param name="standardInput">What '-' stands for.</param>
    /// <exception cref="DataException">There is no such file, or it cannot be read.</exception>
    public IExampleSource OpenText(ParseResult parsed, int length, bool eachLine, TextReader standardInput)
    {
        string name = parsed.GetRequiredValue(_data);
        return new TextPieces(IsStandardInput(parsed) ? standardInput : TextFile.Open(new FileInfo(name)), name, length, eachLine);
    }

    /// <summary>
    /// The data as a server may find it by itself, which learns it as it stands; null where only this process has it, or where
    /// it is ordered.
    /// </summary>
    public RunSpec? ForServer(ParseResult parsed) =>
        DataAddress.Of(parsed.GetRequiredValue(_data)) is not null && parsed.GetRequiredValue(_order) == StreamOrder
            ? new RunSpec(parsed.GetRequiredValue(_data), Fields: Fields(parsed))
            : null;

    /// <summary>Reads the data, cuts it where it comes without a split, and orders its tasks.</summary>
    /// <exception cref="DataException">The data cannot be read, or makes no stream of tasks.</exception>
    /// <exception cref="UsageException">The order of tasks does not fit the data.</exception>
    public async Task<TaskStream> ReadAsync(ParseResult parsed, ClassifierSpec spec, int seed, CancellationToken cancellationToken)
    {
        ReadingLimits limits = new()
        {
            Features = spec.Features,
            MaxTextLength = spec.MaxTextLength,
            MaxNameLength = ClassifierSpec.MaxLabelLength,
        };
        using IExampleSource source = Open(parsed, limits);
        ExampleSet set = await ExampleSet.ReadAsync(source, cancellationToken);
        IReadOnlyList<Example> examples = set.HasSplit ? set.Examples : TrainTestCut.Apply(set.Examples, seed);
        try
        {
            TaskStream stream = TaskStream.InOrderOfAppearance(examples);
            return parsed.GetRequiredValue(_order) switch
            {
                StreamOrder => stream,
                "random" => TaskStream.InRandomOrder(examples, seed),
                string names => InOrder(examples, names),
            };
        }
        catch (TaskStreamException error)
        {
            throw new DataException(set.Name, null, error.Message, error);
        }
    }

    private FieldNames Fields(ParseResult parsed) => new(
        parsed.GetRequiredValue(_text), parsed.GetRequiredValue(_label), parsed.GetRequiredValue(_task), parsed.GetRequiredValue(_split));

    private static TaskStream InOrder(IReadOnlyList<Example> examples, string names)
    {
        try
        {
            return TaskStream.InOrder(examples, names.Split(',', StringSplitOptions.TrimEntries));
        }
        catch (TaskStreamException error)
        {
            throw new UsageException($"--order: {error.Message}");
        }
    }

    private static Option<string> Field(string name, string meaning) => new($"--{name}-field")
    {
        Description = $"{meaning} is in this field or column.",
        DefaultValueFactory = _ => name,
        HelpName = "NAME",
    };
}
