using System.CommandLine;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Cli.Commands;

/// <summary>The options that set a classifier and its tiers.</summary>
internal sealed class ModelArguments
{
    private static readonly ClassifierSpec Defaults = new();
    private static readonly UpdateEncodings UpdateDefaults = new();

    private readonly Option<int> _features = new("--features")
    {
        Description = "The length of a key: a power of two from 64 to 16384. A fold costs its third power.",
        DefaultValueFactory = _ => Defaults.Features,
        HelpName = "N",
    };

    private readonly Option<float> _ridge = new("--ridge")
    {
        Description = "The ridge λ of the slow level.",
        DefaultValueFactory = _ => Defaults.Ridge,
        HelpName = "NUMBER",
    };

    private readonly Option<float> _rate = new("--fast-rate")
    {
        Description = "The rate κ of the fast level for one worker.",
        DefaultValueFactory = _ => Defaults.FastRate,
        HelpName = "NUMBER",
    };

    private readonly Option<TargetKind> _targets = new("--targets")
    {
        Description = "Targets of the other classes: onesided (better on clean labels) or plain (independent of the order).",
        DefaultValueFactory = _ => TargetKind.OneSided,
        HelpName = "onesided|plain",
    };

    private readonly Option<float> _balance = new("--balance")
    {
        Description = "How far answers even out rare and frequent classes: 0 (not at all) to 1.",
        DefaultValueFactory = _ => Defaults.Balance,
        HelpName = "NUMBER",
    };

    private readonly Option<long> _period = new("--period")
    {
        Description = "Events between two folds of the slow level at first, from 1.",
        DefaultValueFactory = _ => Defaults.Period,
        HelpName = "N",
    };

    private readonly Option<double> _growth = new("--period-growth")
    {
        Description = "The period grows to this share of the folded events, 0 to 1.",
        DefaultValueFactory = _ => Defaults.PeriodGrowth,
        HelpName = "SHARE",
    };

    private readonly Option<long> _longest = new("--max-period")
    {
        Description = "The events that the period grows to at most, from 1.",
        DefaultValueFactory = _ => Defaults.MaxPeriod,
        HelpName = "N",
    };

    private readonly Option<FloatEncoding> _versions = new("--version-encoding")
    {
        Description = "How versions travel down: float32, or coarser differences.",
        DefaultValueFactory = _ => FloatEncoding.Float32,
        HelpName = "float32|bfloat16|int8|int4",
    };

    private readonly Option<StatisticsForm> _form = new("--update-form")
    {
        Description = "How updates travel up: by events, as sums, or the shorter of the two.",
        DefaultValueFactory = _ => UpdateDefaults.Form,
        HelpName = "shorter|events|sums",
    };

    private readonly Option<FloatEncoding> _keys = new("--key-encoding")
    {
        Description = "How the keys of events travel up; int8 loses nothing, because memories keep them so.",
        DefaultValueFactory = _ => UpdateDefaults.Keys,
        HelpName = "float32|bfloat16|int8|int4",
    };

    private readonly Option<bool> _coarse = new("--coarse-sums") { Description = "Let the triangle among sums travel in eight bits." };

    private readonly Option<int> _threads = new("--threads")
    {
        Description = "Threads for a fold, 1 to 64.",
        DefaultValueFactory = _ => Math.Clamp(Environment.ProcessorCount, 1, 8),
        HelpName = "N",
    };

    private enum TargetKind
    {
        OneSided,
        Plain,
    }

    public void AddTo(Command command)
    {
        foreach (Option option in new Option[] { _features, _ridge, _rate, _targets, _balance, _period, _growth, _longest, _versions, _form, _keys, _coarse, _threads })
        {
            command.Options.Add(option);
        }
    }

    /// <exception cref="InvalidSpecException">At least one setting is out of its range.</exception>
    public ClassifierSpec Spec(ParseResult parsed)
    {
        ClassifierSpec spec = new()
        {
            Features = parsed.GetValue(_features),
            Ridge = parsed.GetValue(_ridge),
            FastRate = parsed.GetValue(_rate),
            OneSidedTargets = parsed.GetValue(_targets) == TargetKind.OneSided,
            Balance = parsed.GetValue(_balance),
            Period = parsed.GetValue(_period),
            PeriodGrowth = parsed.GetValue(_growth),
            MaxPeriod = parsed.GetValue(_longest),
        };
        spec.Validate();
        return spec;
    }

    public FloatEncoding VersionEncoding(ParseResult parsed) => parsed.GetValue(_versions);

    public UpdateEncodings Updates(ParseResult parsed) => new()
    {
        Form = parsed.GetValue(_form),
        Keys = parsed.GetValue(_keys),
        CoarseSums = parsed.GetValue(_coarse),
    };

    public int Threads(ParseResult parsed) => NumberRange.Read(parsed, _threads, 1, 64);
}
