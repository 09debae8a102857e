using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace NestedLearning.Cli.Commands;

/// <summary>The usual help, followed by the notes of the command.</summary>
internal sealed class DocumentedHelp(HelpAction usual, HelpNotes rootNotes) : SynchronousCommandLineAction
{
    /// <summary>Help is for those who do not know yet what is required.</summary>
    public override bool ClearsParseErrors => true;

    /// <summary>Puts it behind the help option of a root command and all its subcommands.</summary>
    public static void AddTo(RootCommand root, HelpNotes rootNotes)
    {
        HelpOption option = root.Options.OfType<HelpOption>().Single();
        option.Action = new DocumentedHelp((HelpAction)option.Action!, rootNotes);
    }

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        usual.Invoke(parseResult);
        HelpNotes notes = parseResult.CommandResult.Command is DocumentedCommand command ? command.Notes : rootNotes;
        notes.WriteTo(parseResult.InvocationConfiguration.Output);
        return ExitCode.Success;
    }
}
