using System.CommandLine;
using NestedLearning.Cli.Rendering;
using NestedLearning.Gateway.Access;

namespace NestedLearning.Cli.Commands;

/// <summary><c>nl key list</c>.</summary>
internal sealed class KeyListCommand
{
    private static readonly string[] Examples = ["nl key list --data-dir state"];

    private readonly KeyFileArguments _file = new();
    private readonly CommandContext _context;

    private KeyListCommand(CommandContext context) => _context = context;

    public static Command Create(CommandContext context)
    {
        KeyListCommand self = new(context);
        DocumentedCommand command = new("list", "Show the keys, without their secrets.", new HelpNotes("", Examples));
        self._file.AddTo(command);
        command.SetAction(self.Execute);
        return command;
    }

    private int Execute(ParseResult parsed)
    {
        _context.Console.Write(KeyTable.Of(KeyFile.Read(_file.FullName(parsed)), _context.Time.GetUtcNow()));
        return ExitCode.Success;
    }
}
