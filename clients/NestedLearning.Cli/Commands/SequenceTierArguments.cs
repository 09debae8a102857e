using System.CommandLine;
using NestedLearning.Cli.Training.Sequences;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Cli.Commands;

/// <summary>The options that say how workers share the levels of a sequence model.</summary>
internal sealed class SequenceTierArguments
{
    private static readonly OuterSettings OuterDefaults = new();
    private static readonly UpdateEncodings UpdateDefaults = new();

    private readonly Option<int?> _workers = new("--workers", "-w")
    {
        Description = "Learn by so many workers over the tiers, each on one thread: each level sums its gradients over its period in every worker, and steps once for all. Without it one process learns by itself.",
        HelpName = "N",
    };

    private readonly Option<int> _localSteps = new("--local-steps")
    {
        Description = "Workers step by themselves and send after so many steps how far they moved (DiLoCo); 0 to send the sums of gradients, which is exact.",
        HelpName = "N",
        DefaultValueFactory = _ => 0,
    };

    private readonly Option<float> _outerRate = new("--outer-rate")
    {
        Description = "With --local-steps: the rate of the levels' own steps, by Nesterov's rule.",
        HelpName = "NUMBER",
        DefaultValueFactory = _ => OuterDefaults.LearningRate,
    };

    private readonly Option<float> _outerMomentum = new("--outer-momentum")
    {
        Description = "With --local-steps: what the levels keep of their last steps, 0 to below 1.",
        HelpName = "NUMBER",
        DefaultValueFactory = _ => OuterDefaults.Momentum,
    };

    private readonly Option<TensorEncoding> _updates = new("--update-encoding")
    {
        Description = "How updates travel up; what a coarse encoding cannot carry goes into the next one.",
        HelpName = "float32|bfloat16|int8|int4|topkint8|topkint2|lowrankint8",
        DefaultValueFactory = _ => UpdateDefaults.Dense,
    };

    private readonly Option<int> _kept = new("--kept")
    {
        Description = "What a selective encoding keeps: of each 4,096 values, or the rank.",
        HelpName = "N",
        DefaultValueFactory = _ => UpdateDefaults.Kept,
    };

    private readonly Option<FloatEncoding> _versions = new("--version-encoding")
    {
        Description = "How versions travel down: whole in float32, or coarser differences.",
        HelpName = "float32|bfloat16|int8|int4",
        DefaultValueFactory = _ => FloatEncoding.Float32,
    };

    public void AddTo(Command command)
    {
        foreach (Option option in Sharing.Prepend(_workers))
        {
            command.Options.Add(option);
        }
    }

    /// <summary>Null where there are no workers.</summary>
    /// <exception cref="UsageException">The windows of a step cannot be shared out evenly, or there is nobody to share with.</exception>
    public SequenceTiers? Tiers(ParseResult parsed, int batch)
    {
        if (parsed.GetValue(_workers) is not { } workers)
        {
            Option? alone = Sharing.FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false });
            return alone is null ? null : throw new UsageException($"{alone.Name} says how workers share a model; accepted with --workers only.");
        }

        if (workers < 1 || batch % workers != 0)
        {
            throw new UsageException($"--workers is {workers}; accepted: a divisor of --batch, {batch}.");
        }

        SequenceTiers tiers = new(
            workers,
            parsed.GetValue(_localSteps),
            OuterDefaults with { LearningRate = parsed.GetValue(_outerRate), Momentum = parsed.GetValue(_outerMomentum) },
            UpdateDefaults with { Dense = parsed.GetValue(_updates), Kept = parsed.GetValue(_kept) },
            parsed.GetValue(_versions));
        string[] violations = [.. tiers.Updates.Violations()];
        return violations.Length == 0 ? tiers : throw new UsageException($"The updates' encoding is not valid: {string.Join("; ", violations)}.");
    }

    private Option[] Sharing => [_localSteps, _outerRate, _outerMomentum, _updates, _kept, _versions];
}
