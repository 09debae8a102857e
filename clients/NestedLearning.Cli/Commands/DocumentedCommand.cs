using System.CommandLine;

namespace NestedLearning.Cli.Commands;

/// <summary>A command whose help ends with notes.</summary>
/// <param name="name">What is typed.</param>
/// <param name="description">One line for the list of commands.</param>
/// <param name="notes">What its own help adds.</param>
internal sealed class DocumentedCommand(string name, string description, HelpNotes notes) : Command(name, description)
{
    public HelpNotes Notes => notes;
}
