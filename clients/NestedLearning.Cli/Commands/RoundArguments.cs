using System.CommandLine;
using NestedLearning.Tiers;

namespace NestedLearning.Cli.Commands;

/// <summary>What the shared levels of a model that is made let pass and keep.</summary>
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

    public void AddTo(Command command)
    {
        command.Options.Add(_gate);
        command.Options.Add(_forgettable);
    }

    public RoundPolicy Policy(ParseResult parsed) => new()
    {
        Gate = parsed.GetValue(_gate) ? new GatePolicy() : null,
        Forgettable = parsed.GetValue(_forgettable),
    };
}
