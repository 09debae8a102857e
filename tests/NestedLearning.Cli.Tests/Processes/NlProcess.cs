using System.Diagnostics;
using NestedLearning.Cli.Tests.Commands;

namespace NestedLearning.Cli.Tests.Processes;

/// <summary>A real <c>nl</c> process, from the program beside the tests.</summary>
internal sealed class NlProcess : IDisposable
{
    private static readonly TimeSpan Hung = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly Task<string> _error;
    private readonly List<string> _lines = [];

    private NlProcess(Process process)
    {
        _process = process;
        _error = process.StandardError.ReadToEndAsync();
    }

    /// <summary>The command line of the program, without its arguments.</summary>
    public static string[] Program { get; } =
        [Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", Path.Combine(AppContext.BaseDirectory, "nl.dll")];

    /// <summary>Starts it; standard input is empty unless something is given.</summary>
    public static NlProcess Start(IEnumerable<string> args, string input = "")
    {
        NlProcess process = StartOpen(args);
        process._process.StandardInput.Write(input);
        process._process.StandardInput.Close();
        return process;
    }

    /// <summary>Starts it with a standard input that stays open.</summary>
    public static NlProcess StartOpen(IEnumerable<string> args, IReadOnlyDictionary<string, string>? environment = null)
    {
        ProcessStartInfo start = new(Program[0], [.. Program[1..], .. args])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string name, string value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        return new NlProcess(Process.Start(start)!);
    }

    /// <summary>Writes to the standard input that was left open.</summary>
    public async Task WriteAsync(string input)
    {
        await _process.StandardInput.WriteAsync(input);
        await _process.StandardInput.FlushAsync();
    }

    public static async Task<NlResult> RunAsync(params string[] args)
    {
        using NlProcess process = Start(args);
        return await process.EndAsync();
    }

    /// <summary>Waits for a number of lines on its standard output, or for its end.</summary>
    public async Task<bool> HasWrittenAsync(int lines)
    {
        while (lines-- > 0)
        {
            if (await _process.StandardOutput.ReadLineAsync().WaitAsync(Hung) is not { } line)
            {
                return false;
            }

            _lines.Add(line);
        }

        return true;
    }

    /// <summary>kill -9. False where it had ended before.</summary>
    /// <param name="logs">Whether it may have said something on its standard error.</param>
    public async Task<bool> KillAsync(bool logs = false)
    {
        _process.Kill();
        NlResult result = await EndAsync();
        Assert.True(logs || result.Error.Length == 0, result.Error);
        return result.ExitCode != 0;
    }

    /// <summary>What Ctrl+C sends.</summary>
    public async Task InterruptAsync()
    {
        using Process kill = Process.Start("kill", ["-INT", $"{_process.Id}"]);
        await kill.WaitForExitAsync().WaitAsync(Hung);
    }

    public async Task<NlResult> EndAsync()
    {
        _lines.Add(await _process.StandardOutput.ReadToEndAsync().WaitAsync(Hung));
        string error = await _error.WaitAsync(Hung);
        await _process.WaitForExitAsync().WaitAsync(Hung);
        return new NlResult(_process.ExitCode, string.Join('\n', _lines), error);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
