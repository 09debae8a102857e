using System.CommandLine;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Cli.Commands;

/// <summary>What the shared levels of a model that is made let pass, keep and let fade.</summary>
internal sealed class RoundArguments
{
    private readonly Option<bool> _gate = new("--gate")
    {
        Description = "Where this makes the model: leave out sources that contradict what is known.",
    };

    private readonly Option<bool> _forgettable = new("--forgettable")
    {
        Description = "Where this makes the model: keep every update, so that 'nl forget' can take tenants out.",
    };

    private readonly Option<long?> _halfLife = new("--half-life")
    {
        Description = "Where this makes the model: let what it learned count half after so many events, for streams whose meaning drifts.",
        HelpName = "EVENTS",
    };

    private readonly Option<int> _shards = new("--shards")
    {
        Description = "Where this makes the model: over how many shards its level spreads the adding up of large rounds.",
        HelpName = "N",
        DefaultValueFactory = _ => 1,
    };

    public void AddTo(Command command)
    {
        command.Options.Add(_gate);
        command.Options.Add(_forgettable);
        command.Options.Add(_halfLife);
        command.Options.Add(_shards);
    }

    /// <exception cref="InvalidSpecException">The half-life is out of its range.</exception>
    public ClassifierSpec Spec(ParseResult parsed, ClassifierSpec spec)
    {
        spec = spec with { HalfLife = parsed.GetValue(_halfLife) };
        spec.Validate();
        return spec;
    }

    /// <exception cref="InvalidPolicyException">The shards are out of their range.</exception>
    public RoundPolicy Policy(ParseResult parsed)
    {
        RoundPolicy policy = new()
        {
            Gate = parsed.GetValue(_gate) ? new GatePolicy() : null,
            Forgettable = parsed.GetValue(_forgettable),
            Shards = parsed.GetValue(_shards),
        };
        policy.Validate();
        return policy;
    }
}
