using System.CommandLine;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Cli.Commands;

/// <summary>What says which schedule of which server's model is meant, and where the result goes.</summary>
internal sealed class ScheduleArguments : ReportArguments
{
    private readonly Argument<string> _name = new("NAME") { Description = "The name of the schedule." };

    public void AddTo(Command command, bool withName = true)
    {
        if (withName)
        {
            command.Arguments.Add(_name);
        }

        AddServerTo(command);
    }

    /// <exception cref="InvalidIdException">It is no name.</exception>
    public ScheduleAddress Address(ParseResult parsed) => new(Model(parsed), new ScheduleId(parsed.GetRequiredValue(_name)));
}
