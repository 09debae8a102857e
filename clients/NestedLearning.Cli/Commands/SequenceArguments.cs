using System.CommandLine;
using System.Globalization;
using NestedLearning.Models;

namespace NestedLearning.Cli.Commands;

/// <summary>The options that set a sequence model and how it learns.</summary>
internal sealed class SequenceArguments
{
    private static readonly SequenceSettings Defaults = new(2);
    private static readonly SequenceTrainingSettings TrainingDefaults = new();

    private readonly Option<string> _mixer = new("--mixer")
    {
        Description = "How tokens hear of each other. hope: self-modifying Titans; transformer: attention and SwiGLU, without convolution.",
        DefaultValueFactory = _ => "hope",
        HelpName = MixerNames.All,
    };

    private readonly Option<MemoryKind> _memory = new("--memory")
    {
        Description = "What the memories of hope are: matrices, or MLPs of two layers, which cost some times as much.",
        DefaultValueFactory = _ => Defaults.Memory,
        HelpName = "matrix|mlp",
    };

    private readonly Option<int> _width = Number("--width", "The values of a token, a multiple of twice the heads.", Defaults.Width);
    private readonly Option<int> _blocks = Number("--blocks", "How many blocks follow each other.", Defaults.Blocks);
    private readonly Option<int> _heads = Number("--heads", "The memories or attention heads of a block.", Defaults.Heads);
    private readonly Option<int> _chunk = Number("--chunk", "After how many tokens a self-modifying memory changes its projections.", Defaults.ChunkLength);

    private readonly Option<double> _writeRate = new("--write-rate")
    {
        Description = "The largest rate with which a token is written to a memory, above 0 to 2; above 1 a memory can follow parity.",
        HelpName = "NUMBER",
        DefaultValueFactory = _ => Defaults.LargestWriteRate,
    };

    private readonly Option<string> _levels = new("--levels", "--periods")
    {
        Description = $"The periods of the continuum memory's layers, in steps, rising; before them base:N for that of everything else [default: {string.Join(',', Defaults.Periods)}; transformer: base:1].",
        DefaultValueFactory = _ => "",
        HelpName = "[base:N,]N,N,...",
    };

    private readonly Option<ContinuumKind> _continuum = new("--cms")
    {
        Description = "How the layers of the continuum memory go together: one after the other, each slower one as the initial state of the next faster, or side by side.",
        DefaultValueFactory = _ => Defaults.Continuum,
        HelpName = "sequential|nested|independent",
    };

    private readonly Option<int?> _hidden = new("--hidden")
    {
        Description = $"The hidden values of each layer [default: {Defaults.Hidden}; transformer: {SequenceSettings.Transformer(2).Hidden}].",
        HelpName = "N",
    };

    private readonly Option<int?> _convolution = new("--convolution")
    {
        Description = $"The tokens that the convolution before each mixer sees, 0 for none [default: {Defaults.ConvolutionTaps}; transformer: 0].",
        HelpName = "N",
    };

    private readonly Option<long> _steps = new("--steps") { Description = "How many steps there are.", HelpName = "N", DefaultValueFactory = _ => TrainingDefaults.Steps };
    private readonly Option<int> _batch = Number("--batch", "The windows of a step.", TrainingDefaults.Batch);
    private readonly Option<int> _length = Number("--length", "The tokens of a window.", TrainingDefaults.Length);

    private readonly Option<double> _rate = new("--rate")
    {
        Description = "The highest learning rate; it falls to a tenth. Layers of period C have √C times as much.",
        DefaultValueFactory = _ => TrainingDefaults.LearningRate,
        HelpName = "NUMBER",
    };

    private readonly Option<long> _seed = new("--seed") { Description = "Fixes everything random.", HelpName = "N", DefaultValueFactory = _ => 1 };

    /// <summary>The options that set the model, not how it learns.</summary>
    public IReadOnlyList<Option> Shape => [_mixer, _memory, _width, _blocks, _heads, _chunk, _writeRate, _levels, _continuum, _hidden, _convolution];

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[.. Shape, _steps, _batch, _length, _rate, _seed])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>The mixer's name.</summary>
    public string Name(ParseResult parsed) => parsed.GetValue(_mixer)!;

    /// <summary>What everything random is drawn by.</summary>
    public ulong Seed(ParseResult parsed) => unchecked((ulong)parsed.GetValue(_seed));

    /// <exception cref="InvalidSpecException">At least one setting is out of its range.</exception>
    /// <exception cref="UsageException">There is no such mixer, or the periods are no numbers.</exception>
    public SequenceSettings Model(ParseResult parsed, int vocabulary)
    {
        string mixer = parsed.GetValue(_mixer)!;
        SequenceSettings settings = MixerNames.Settings(_mixer.Name, mixer, vocabulary);
        settings = WithLevels(parsed.GetValue(_levels)!, settings) with
        {
            Memory = parsed.GetValue(_memory),
            Width = parsed.GetValue(_width),
            Blocks = parsed.GetValue(_blocks),
            Heads = parsed.GetValue(_heads),
            ChunkLength = parsed.GetValue(_chunk),
            LargestWriteRate = parsed.GetValue(_writeRate),
            Continuum = parsed.GetValue(_continuum),
            Hidden = parsed.GetValue(_hidden) ?? settings.Hidden,
            ConvolutionTaps = parsed.GetValue(_convolution) ?? settings.ConvolutionTaps,
        };
        settings.Validate();
        return settings;
    }

    /// <exception cref="InvalidSpecException">At least one setting is out of its range.</exception>
    public SequenceTrainingSettings Training(ParseResult parsed)
    {
        SequenceTrainingSettings settings = new()
        {
            Steps = parsed.GetValue(_steps),
            Batch = parsed.GetValue(_batch),
            Length = parsed.GetValue(_length),
            LearningRate = parsed.GetValue(_rate),
            Seed = Seed(parsed),
        };
        settings.Validate();
        return settings;
    }

    private static Option<int> Number(string name, string description, int value) =>
        new(name) { Description = description, DefaultValueFactory = _ => value, HelpName = "N" };

    private static SequenceSettings WithLevels(string text, SequenceSettings settings)
    {
        const string prefix = "base:";
        if (text.Length == 0)
        {
            return settings;
        }

        try
        {
            string[] parts = text.Split(',');
            bool hasBase = parts[0].StartsWith(prefix, StringComparison.Ordinal);
            int[] periods = [.. parts.Skip(hasBase ? 1 : 0).Select(int.Parse)];
            settings = hasBase ? settings with { BasePeriod = int.Parse(parts[0][prefix.Length..], CultureInfo.InvariantCulture) } : settings;
            return periods.Length == 0 || settings.Periods.Count == 0 ? settings : settings with { Periods = periods };
        }
        catch (Exception error) when (error is FormatException or OverflowException)
        {
            throw new UsageException($"--levels is '{text}'; accepted: whole numbers such as 1,8,32, or base:4,1,8,32.");
        }
    }
}
