using System.CommandLine;
using NestedLearning.Cli.Serving;
using NestedLearning.Client;
using NestedLearning.Models;
using NestedLearning.Tiers;

namespace NestedLearning.Cli.Commands;

/// <summary>The options that say which model and tenant of which server are meant.</summary>
internal sealed class ServerArguments
{
    /// <summary>The variable of the environment with the key. Other users see the arguments of a command, but not this.</summary>
    private const string KeyVariable = "NL_KEY";

    private readonly Option<string?> _server;

    private readonly Option<string?> _key = new("--key")
    {
        Description = $"The key that the server asks for; by default {KeyVariable} of the environment.",
        HelpName = "KEY",
    };

    private readonly Option<string> _model = new("--model")
    {
        Description = "The name of the model.",
        DefaultValueFactory = _ => "classifier",
        HelpName = "NAME",
    };

    private readonly Option<string> _tenant = new("--tenant") { Description = "Whose memory it is.", HelpName = "NAME", Required = true };

    /// <param name="instead">What a server does in place of this process; null where the command needs one.</param>
    public ServerArguments(string? instead = null) => _server = new Option<string?>("--server")
    {
        Description = instead ?? "The address of the server, as 'nl serve' prints it.",
        HelpName = "URL",
        Required = instead is null,
    };

    public void AddTo(Command command, bool withTenant = true, bool withModel = true)
    {
        command.Options.Add(_server);
        command.Options.Add(_key);
        if (withModel)
        {
            command.Options.Add(_model);
        }

        if (withTenant)
        {
            command.Options.Add(_tenant);
        }
    }

    /// <summary>Adds the options of a command that also goes without a server, where the tenant is this one.</summary>
    public void AddTo(Command command, string tenant)
    {
        _tenant.Required = false;
        _tenant.DefaultValueFactory = _ => tenant;
        AddTo(command);
    }

    /// <exception cref="InvalidIdException">It is no name.</exception>
    public ModelId Model(ParseResult parsed) => new(parsed.GetRequiredValue(_model));

    /// <exception cref="InvalidIdException">It is no name.</exception>
    public MemoryAddress Memory(ParseResult parsed) => new(Model(parsed), new TenantId(parsed.GetRequiredValue(_tenant)));

    /// <summary>The server's address; null where none is given.</summary>
    /// <exception cref="UsageException">It is no address.</exception>
    public Uri? Url(ParseResult parsed) => parsed.GetValue(_server) switch
    {
        null => null,
        string text when Uri.TryCreate(text, UriKind.Absolute, out Uri? url) && url.Scheme is "http" or "https" => url,
        string text => throw new UsageException($"--server is '{text}'; accepted: an address such as http://127.0.0.1:5080."),
    };

    /// <summary>How to talk to the server: with the key that is given, or that of a server which this user runs on this machine.</summary>
    public HttpClusterOptions Options(ParseResult parsed) => new()
    {
        Key = parsed.GetValue(_key)
            ?? (Environment.GetEnvironmentVariable(KeyVariable) is { Length: > 0 } set ? set : null)
            ?? (Url(parsed) is { } url ? LocalKey.Find(url) : null),
    };

    /// <summary>A client of the server.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="spool">Where events are kept until they are durable; null for memory alone.</param>
    public HttpLearningCluster Connect(ParseResult parsed, string? spool = null) =>
        HttpLearningCluster.Connect(Url(parsed)!, Options(parsed) with { SpoolDirectory = spool });
}
