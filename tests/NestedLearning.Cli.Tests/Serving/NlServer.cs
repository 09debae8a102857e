using System.Text;
using NestedLearning.Cli.Commands;
using Spectre.Console;

namespace NestedLearning.Cli.Tests.Serving;

/// <summary><c>nl serve</c> in this process, from its first line until it is stopped as by Ctrl+C.</summary>
internal sealed class NlServer : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly SignalWriter _output = new();
    private readonly Task<int> _command;

    private NlServer(string directory, string[] options)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(_output),
        });
        console.Profile.Width = 1000;
        _command = NlCommand.RunAsync(
            ["serve", "--data-dir", directory, "--port", "0", .. options], new CommandContext(console, TextWriter.Null, TimeProvider.System), _stop.Token);
    }

    public string Url { get; private set; } = "";

    public static async Task<NlServer> StartAsync(string directory, params string[] options)
    {
        NlServer server = new(directory, options);
        await Task.WhenAny(server._output.Line, server._command);
        server.Url = (await server._output.Line).Split(' ')[^1].Trim();
        return server;
    }

    /// <summary>Stops it; returns its exit code and all it said.</summary>
    public async Task<(int ExitCode, string Output)> StopAsync()
    {
        await _stop.CancelAsync();
        return (await _command, _output.ToString());
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stop.Dispose();
    }

    private sealed class SignalWriter : StringWriter
    {
        private readonly TaskCompletionSource<string> _line = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<string> Line => _line.Task;

        public override void Write(string? value)
        {
            base.Write(value);
            StringBuilder text = GetStringBuilder();
            if (text.ToString().IndexOf('\n', StringComparison.Ordinal) is var end and >= 0)
            {
                _line.TrySetResult(text.ToString(0, end));
            }
        }
    }
}
