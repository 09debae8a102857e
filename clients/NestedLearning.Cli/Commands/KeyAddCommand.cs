using System.CommandLine;
using System.Globalization;
using NestedLearning.Gateway.Access;
using NestedLearning.Models;
using Spectre.Console;

namespace NestedLearning.Cli.Commands;

/// <summary><c>nl key add</c>.</summary>
internal sealed class KeyAddCommand
{
    private const string About = "The key is shown once; only a hash of it is kept. A key that is lost is removed and made anew.";

    private static readonly string[] Examples =
    [
        "nl key add ann-phone --data-dir state --scope tenant-feed --scope tenant-read \\",
        "  --tenant ann --expires 90d",
        "nl key add operator --data-dir state --scope model-admin",
        "nl key add prometheus --data-dir state --scope metrics-read",
    ];

    private readonly KeyFileArguments _file = new();
    private readonly CommandContext _context;
    private readonly Argument<string> _name = new("NAME") { Description = "The name of the key; logs show it." };

    private readonly Option<string[]> _scopes = new("--scope")
    {
        Description = $"What it may do; may be repeated: {string.Join(", ", ApiScopes.Names)}.",
        HelpName = "SCOPE",
        Required = true,
    };

    private readonly Option<string[]> _tenants = new("--tenant")
    {
        Description = "The tenant that it is for; may be repeated. By default it is for all.",
        HelpName = "NAME",
    };

    private readonly Option<string?> _expires = new("--expires") { Description = "How long it is valid, such as 12h or 90d.", HelpName = "TIME" };
    private readonly Option<int?> _requests = new("--requests-per-minute") { Description = "How many requests it may make.", HelpName = "N" };
    private readonly Option<int?> _events = new("--events-per-minute") { Description = "How many events it may teach.", HelpName = "N" };

    private KeyAddCommand(CommandContext context) => _context = context;

    public static Command Create(CommandContext context)
    {
        KeyAddCommand self = new(context);
        DocumentedCommand command = new("add", "Make a key.", new HelpNotes(About, Examples));
        command.Arguments.Add(self._name);
        self._file.AddTo(command);
        foreach (Option option in new Option[] { self._scopes, self._tenants, self._expires, self._requests, self._events })
        {
            command.Options.Add(option);
        }

        command.SetAction(self.Execute);
        return command;
    }

    private int Execute(ParseResult parsed)
    {
        string path = _file.FullName(parsed);
        (ApiKey key, KeyToken token) = ApiKey.Create(new KeyId(parsed.GetRequiredValue(_name)), Scopes(parsed));
        key = key with
        {
            Tenants = Tenants(parsed, key.Scopes),
            Expires = parsed.GetValue(_expires) is { } time ? _context.Time.GetUtcNow() + DurationText.Parse("--expires", time) : null,
            RequestsPerMinute = AtLeastOne(parsed, _requests),
            EventsPerMinute = AtLeastOne(parsed, _events),
        };
        IReadOnlyList<ApiKey> others = KeyFile.Read(path);
        if (others.Any(other => other.Name == key.Name))
        {
            throw new UsageException($"There is a key '{key.Name}'; remove it first, or take another name.");
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        KeyFile.Write(path, [.. others, key]);
        _context.Console.WriteLine($"The key '{key.Name}', which is not shown again:");
        _context.Console.WriteLine(token.Reveal());
        return ExitCode.Success;
    }

    private HashSet<ApiScope> Scopes(ParseResult parsed) =>
    [
        .. parsed.GetRequiredValue(_scopes).Select(name => ApiScopes.Parse(name)
            ?? throw new UsageException($"--scope is '{name}'; accepted: {string.Join(", ", ApiScopes.Names)}.")),
    ];

    /// <summary>A key for single tenants that may change their model would be one for all of them.</summary>
    private HashSet<TenantId>? Tenants(ParseResult parsed, IReadOnlySet<ApiScope> scopes)
    {
        string[] names = parsed.GetValue(_tenants) ?? [];
        return (names.Length, scopes.All(ApiScopes.IsOfTenants)) switch
        {
            (0, _) => null,
            (_, true) => [.. names.Select(name => new TenantId(name))],
            _ => throw new UsageException("--tenant goes with the scopes tenant-read and tenant-feed only."),
        };
    }

    private static int? AtLeastOne(ParseResult parsed, Option<int?> option) => parsed.GetValue(option) switch
    {
        < 1 and { } number => throw new UsageException(
            string.Create(CultureInfo.InvariantCulture, $"{option.Name} is {number}; accepted: at least 1.")),
        { } number => number,
        null => null,
    };
}
