using System.Diagnostics;
using System.Text.RegularExpressions;
using NestedLearning.Cli.Serving;
using NestedLearning.Cli.Tests.Commands;
using NestedLearning.Cli.Tests.Data;
using NestedLearning.Cli.Tests.Processes;
using NestedLearning.Cli.Tests.Serving;
using NestedLearning.Cli.Tests.Training;

namespace NestedLearning.Cli.Tests.Documents;

/// <summary>Someone who reads a document and types what it says: a folder with the files that it speaks of, and a server.</summary>
internal sealed partial class DocumentSession : IAsyncDisposable
{
    private static readonly TimeSpan Hung = TimeSpan.FromMinutes(5);

    /// <summary>Names in documents that stand for files and folders, of which some are there.</summary>
    private static readonly string[] Names =
    [
        "events.jsonl", "many.jsonl", "clinc150.jsonl", "clinc150-30.jsonl", "book.txt", "other.txt", "tinyshakespeare.txt", "FILE",
        "result.svg", "model.safetensors", "result.json", "DIR", "state", "book", "shakespeare", "held.txt",
    ];

    private readonly TemporaryFolder _folder;
    private readonly NlServer _server;

    private DocumentSession(TemporaryFolder folder, NlServer server)
    {
        _folder = folder;
        _server = server;
    }

    public static async Task<DocumentSession> StartAsync()
    {
        TemporaryFolder folder = new();
        string events = string.Join('\n', SampleData.JsonLines(SampleData.Examples(60)));
        string text = string.Concat(Enumerable.Range(0, 80).Select(i => $"line {i}: it is said, and said again.\n"));
        foreach (string name in Names)
        {
            if (name.EndsWith(".jsonl", StringComparison.Ordinal) || name == "FILE")
            {
                folder.Write(name, events);
            }
            else if (name.EndsWith(".txt", StringComparison.Ordinal))
            {
                folder.Write(name, text);
            }
        }

        return new DocumentSession(folder, await NlServer.StartAsync(Path.Combine(folder.Path, "state")));
    }

    /// <summary>Runs one <c>nl</c> command in this process.</summary>
    public async Task RunAsync(string command)
    {
        NlResult result = await Nl.RunAsync([.. CommandLine.Split(Local(command)).Skip(1).Select(InFolder)]);

        Assert.True(result.ExitCode == 0, $"{command}\n{result.Output}\n{result.Error}");
    }

    /// <summary>Runs lines in a shell. The server that a line would start is there, and a file that a line would follow is read once.</summary>
    public async Task RunScriptAsync(string script)
    {
        string lines = string.Join('\n', script.Split('\n')
            .Where(line => !line.StartsWith("nl serve", StringComparison.Ordinal))
            .Select(line => Local(line.Replace("tail -F ", "cat ", StringComparison.Ordinal))));
        ProcessStartInfo start = new("bash", ["-euo", "pipefail", "-c", $"nl() {{ '{string.Join("' '", NlProcess.Program)}' \"$@\"; }}\n{lines}"])
        {
            WorkingDirectory = _folder.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process shell = Process.Start(start)!;
        Task<string> output = shell.StandardOutput.ReadToEndAsync();
        string error = await shell.StandardError.ReadToEndAsync().WaitAsync(Hung);
        await shell.WaitForExitAsync().WaitAsync(Hung);
        Assert.True(shell.ExitCode == 0, $"{script}\n{await output}\n{error}");
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>The same on this session's server.</summary>
    private string Local(string command)
    {
        string url = _server.Url.TrimEnd('/');
        command = Server().Replace(command, match => match.Groups["option"].Value + url);
        return command.Replace("nl_local_...", LocalKey.Find(new Uri(url)), StringComparison.Ordinal);
    }

    private string InFolder(string word) => Names.Contains(word) ? Path.Combine(_folder.Path, word) : word;

    /// <summary>A server's address, as documents write it.</summary>
    [GeneratedRegex("(?<option>--server )URL|http://127.0.0.1:[0-9]+")]
    private static partial Regex Server();
}
