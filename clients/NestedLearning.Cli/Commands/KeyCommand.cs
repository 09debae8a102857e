using System.CommandLine;

namespace NestedLearning.Cli.Commands;

/// <summary><c>nl key</c>: who may call a server, and for what.</summary>
internal static class KeyCommand
{
    private const string About = """
        A server reads its keys again once they have changed, so a key is valid, or no
        longer, at once. Whoever may write the file makes keys; it holds no secret.
        """;

    private static readonly string[] Examples =
    [
        "nl key add ann-phone --data-dir state --scope tenant-feed --tenant ann",
        "nl key list --data-dir state",
        "nl key remove ann-phone --data-dir state",
    ];

    public static Command Create(CommandContext context) => new DocumentedCommand(
        "key", "Make and remove the keys of a server.", new HelpNotes(About, Examples))
    {
        KeyAddCommand.Create(context),
        KeyListCommand.Create(context),
        KeyRemoveCommand.Create(context),
    };
}
