using System.CommandLine;
using System.Net;
using NestedLearning.Cli.Serving;
using NestedLearning.Embedded;
using NestedLearning.Gateway;
using NestedLearning.Gateway.Access;
using NestedLearning.Gateway.Access.Tokens;
using NestedLearning.Gateway.Tls;
using NestedLearning.Models;
using Spectre.Console;

namespace NestedLearning.Cli.Commands;

/// <summary><c>nl serve</c>.</summary>
internal sealed class ServeCommand
{
    private const string About = """
        The server takes events and questions over HTTP until Ctrl+C, and keeps what it
        learned in the data directory. It listens on this machine only, unless --host
        says otherwise. Commands of the same user on this machine find its key by
        themselves; others need one that 'nl key add' makes.
        """;

    private static readonly string[] Examples =
    [
        "nl serve --data-dir state",
        "nl serve --data-dir state --port 8080",
        "nl serve --data-dir state --port 0 --json server.json",
        "nl serve --data-dir state --tls-certificate nl.pem --tls-key nl.key",
    ];

    private static readonly KeyId OwnKey = new("local");

    private readonly TlsArguments _tls = new();
    private readonly TokenArguments _tokens = new();
    private readonly OutputOptions _output = new();
    private readonly CommandContext _context;

    private readonly Option<DirectoryInfo> _dataDirectory = new("--data-dir")
    {
        Description = "Keep durable state here.",
        HelpName = "DIR",
        Required = true,
    };

    private readonly Option<int> _port = new("--port")
    {
        Description = "Listen on this port; 0 takes a free one.",
        DefaultValueFactory = _ => 5080,
        HelpName = "N",
    };

    private readonly Option<string> _host = new("--host")
    {
        Description = "Listen on this address of the machine.",
        DefaultValueFactory = _ => "localhost",
        HelpName = "ADDRESS",
    };

    private ServeCommand(CommandContext context) => _context = context;

    public static Command Create(CommandContext context)
    {
        ServeCommand self = new(context);
        DocumentedCommand command = new("serve", "Serve models over HTTP.", new HelpNotes(About, Examples));
        command.Options.Add(self._dataDirectory);
        command.Options.Add(self._port);
        command.Options.Add(self._host);
        self._tls.AddTo(command);
        self._tokens.AddTo(command);
        self._output.AddTo(command, withPlot: false);
        command.SetAction(self.ExecuteAsync);
        return command;
    }

    private async Task<int> ExecuteAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        IPEndPoint endpoint = Endpoint(parsed);
        _output.Check(parsed);
        ServerCertificate? certificate = _tls.Certificate(parsed);
        TokenOptions? tokens = _tokens.Tokens(parsed);
        string directory = parsed.GetRequiredValue(_dataDirectory).FullName;
        using (LocalTierStore store = LocalTierStore.Open(directory))
        {
            await using EmbeddedCluster cluster = new(store, new EmbeddedOptions());
            (ApiKey key, KeyToken token) = ApiKey.CreateAdmin(OwnKey);
            string keysFile = KeyFileArguments.FileIn(directory);
            await using GatewayServer gateway = await GatewayServer.StartAsync(
                cluster,
                cluster.Schedules,
                endpoint,
                options => (options.ProcessKey, options.KeysFile, options.Certificate, options.Tokens) = (key, keysFile, certificate, tokens),
                cancellationToken);
            using LocalKey? local = LocalKey.Publish(gateway.Url.Port, token.Reveal());
            await cluster.FinishDeletionsAsync(cancellationToken);
            if (await cluster.FinishForgettingAsync(cancellationToken) is { First: { } problem } left)
            {
                _context.Error.WriteLine($"nl: {left.Failed:N0} tenants could not be forgotten to the end; the next start tries again: {problem}");
            }

            await cluster.StartSchedulesAsync(cancellationToken);
            await AnnounceAsync(gateway.Url, endpoint.Address, directory, _output.Json(parsed));
            _context.Console.WriteLine($"Dashboard, signed in once by this link: {gateway.CreateSignInLink(token)}");
            if (local is null || KeyFile.Read(keysFile).Count == 0)
            {
                ShowKey(token, local is not null);
            }

            TaskCompletionSource stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
            await using (cancellationToken.Register(stopped.SetResult))
            {
                await stopped.Task;
            }
        }

        _context.Console.WriteLine($"Stopped; what was learned is in '{directory}'.");
        return ExitCode.Success;
    }

    private IPEndPoint Endpoint(ParseResult parsed)
    {
        string host = parsed.GetRequiredValue(_host);
        int port = parsed.GetValue(_port);
        IPAddress? address = host == "localhost" ? IPAddress.Loopback : IPAddress.TryParse(host, out IPAddress? given) ? given : null;
        return (address, port) switch
        {
            (null, _) => throw new UsageException($"--host is '{host}'; accepted: localhost or an IP address of this machine."),
            (_, < 0 or > 65_535) => throw new UsageException($"--port is {port}; accepted: 0 to 65535."),
            _ => new IPEndPoint(address, port),
        };
    }

    /// <summary>The only way to a server that nobody has made keys for, but for commands that find it.</summary>
    private void ShowKey(KeyToken token, bool isFound)
    {
        _context.Console.WriteLine($"Admin key until it stops: {token.Reveal()}");
        if (isFound)
        {
            _context.Console.WriteLine("Commands of this user on this machine find it by themselves.");
        }
    }

    private async Task AnnounceAsync(Uri url, IPAddress address, string directory, FileInfo? json)
    {
        _context.Console.WriteLine($"Listening on {url}");
        if (!IPAddress.IsLoopback(address) && url.Scheme == Uri.UriSchemeHttp)
        {
            _context.Console.WriteLine("Keys and events are readable on the way to this address; --tls-certificate encrypts them.");
        }

        if (json is not null)
        {
            await File.WriteAllTextAsync(json.FullName, new ServeReport(url, directory).ToJson() + "\n");
        }
    }
}
