using System.CommandLine;
using NestedLearning.Cli.Evaluating;
using NestedLearning.Models;

namespace NestedLearning.Cli.Commands;

/// <summary>The options of every task that models are trained for: which models, how large, how long.</summary>
internal sealed class StudyArguments
{
    private readonly Option<string> _mixers = new("--mixers")
    {
        Description = "The models, with commas; a Transformer is always beside them.",
        HelpName = MixerNames.All,
    };

    private readonly Option<int> _steps;
    private readonly Option<double> _rate;
    private readonly Option<int> _batch;
    private readonly Option<int> _width;
    private readonly Option<int> _blocks;
    private readonly Option<int> _heads = Number("--heads", "The memories or attention heads of a block.", 4);
    private readonly Option<double> _writeRate = new("--write-rate")
    {
        Description = "The largest rate with which a token is written to a memory, above 0 to 2; above 1 a memory can follow parity.",
        HelpName = "NUMBER",
        DefaultValueFactory = _ => 1,
    };

    private readonly Option<int> _questions = Number("--questions", "The streams of each test.", 256);
    private readonly bool _hasQuestions;
    private readonly Option<int> _seed = Number("--seed", "Fixes everything random, 0 to 1,000,000.", 1);
    private readonly Option<int> _threads = Number("--threads", "Threads for a step, 1 to 64.", Math.Clamp(Environment.ProcessorCount, 1, 64));
    private readonly OutputOptions _output = new();

    public StudyArguments(StudyDefaults defaults)
    {
        _mixers.DefaultValueFactory = _ => defaults.Mixers;
        _steps = Number("--steps", "How many steps each model learns for each task.", defaults.Steps);
        _rate = new Option<double>("--rate") { Description = "The highest learning rate.", HelpName = "NUMBER", DefaultValueFactory = _ => defaults.Rate };
        _batch = Number("--batch", "The streams of a step.", defaults.Batch);
        _width = Number("--width", "The values of a token.", defaults.Width);
        _blocks = Number("--blocks", "How many blocks follow each other.", defaults.Blocks);
        _hasQuestions = defaults.Questions is not null;
        _questions.DefaultValueFactory = _ => defaults.Questions ?? 1;
    }

    public void AddTo(Command command)
    {
        Option[] questions = _hasQuestions ? [_questions] : [];
        foreach (Option option in (Option[])[_mixers, _steps, _rate, _batch, _width, _blocks, _heads, _writeRate, .. questions, _seed, _threads])
        {
            command.Options.Add(option);
        }

        _output.AddTo(command, withPlot: false);
    }

    /// <summary>What is asked for, once it is sure that the result can be written.</summary>
    /// <exception cref="UsageException">An option is out of its range.</exception>
    public StudyOptions Read(ParseResult parsed)
    {
        _output.Check(parsed);
        string[] mixers = [.. parsed.GetValue(_mixers)!.Split(',').Append(MixerNames.Transformer).Distinct()];
        SequenceTrainingSettings training = new()
        {
            Steps = parsed.GetValue(_steps),
            Batch = parsed.GetValue(_batch),
            LearningRate = parsed.GetValue(_rate),
            Seed = (ulong)NumberRange.Read(parsed, _seed, 0, 1_000_000),
        };
        training.Validate();
        return new StudyOptions([.. mixers.Select(mixer => new StudyModel(mixer, Shape(parsed, mixer)))], training)
        {
            Questions = _hasQuestions ? NumberRange.Read(parsed, _questions, 1, 1_000_000) : 1,
            Threads = NumberRange.Read(parsed, _threads, 1, 64),
        };
    }

    /// <summary>Shows the result, and writes it where that was asked for.</summary>
    public async Task WriteAsync(ParseResult parsed, CommandContext context, IReport report)
    {
        report.Write(context.Console);
        if (_output.Json(parsed) is { } json)
        {
            await File.WriteAllTextAsync(json.FullName, report.ToJson() + "\n", CancellationToken.None);
        }
    }

    private static Option<int> Number(string name, string description, int value) =>
        new(name) { Description = description, DefaultValueFactory = _ => value, HelpName = "N" };

    /// <summary>A model of two tokens for now. With these hidden values a Transformer has about as many parameters as Hope.</summary>
    private SequenceSettings Shape(ParseResult parsed, string mixer)
    {
        SequenceSettings settings = MixerNames.Settings(_mixers.Name, mixer, 2);
        int width = parsed.GetValue(_width);
        settings = settings with
        {
            Width = width,
            Blocks = parsed.GetValue(_blocks),
            Heads = parsed.GetValue(_heads),
            LargestWriteRate = parsed.GetValue(_writeRate),
            Hidden = mixer == MixerNames.Transformer ? 43 * width / 16 : width,
        };
        settings.Validate();
        return settings;
    }
}
