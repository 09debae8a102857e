using System.CommandLine;
using NestedLearning.Gateway.Access;
using NestedLearning.Models;
using Spectre.Console;

namespace NestedLearning.Cli.Commands;

/// <summary><c>nl key remove</c>.</summary>
internal sealed class KeyRemoveCommand
{
    private static readonly string[] Examples = ["nl key remove ann-phone --data-dir state"];

    private readonly KeyFileArguments _file = new();
    private readonly CommandContext _context;
    private readonly Argument<string> _name = new("NAME") { Description = "The name of the key." };

    private KeyRemoveCommand(CommandContext context) => _context = context;

    public static Command Create(CommandContext context)
    {
        KeyRemoveCommand self = new(context);
        DocumentedCommand command = new("remove", "Remove a key; requests with it are refused from then on.", new HelpNotes("", Examples));
        command.Arguments.Add(self._name);
        self._file.AddTo(command);
        command.SetAction(self.Execute);
        return command;
    }

    private int Execute(ParseResult parsed)
    {
        KeyId name = new(parsed.GetRequiredValue(_name));
        string path = _file.FullName(parsed);
        IReadOnlyList<ApiKey> keys = KeyFile.Read(path);
        if (keys.All(key => key.Name != name))
        {
            throw new UsageException($"There is no key '{name}' in '{path}'.");
        }

        KeyFile.Write(path, [.. keys.Where(key => key.Name != name)]);
        _context.Console.WriteLine($"The key '{name}' is removed.");
        return ExitCode.Success;
    }
}
