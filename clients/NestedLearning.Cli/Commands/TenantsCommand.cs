using System.CommandLine;

namespace NestedLearning.Cli.Commands;

/// <summary><c>nl tenants</c>: who has memories of a server's model.</summary>
internal static class TenantsCommand
{
    private static readonly string[] Examples =
    [
        "nl tenants list --server http://127.0.0.1:5080",
        "nl tenants show --tenant ann --server http://127.0.0.1:5080",
        "nl tenants export ann --server http://127.0.0.1:5080 -o ann.tar",
    ];

    public static Command Create(CommandContext context) => new DocumentedCommand(
        "tenants", "Who has taught a server's model.", new HelpNotes("", Examples))
    {
        TenantsListCommand.Create(context),
        TenantsShowCommand.Create(context),
        TenantsExportCommand.Create(context),
    };
}
