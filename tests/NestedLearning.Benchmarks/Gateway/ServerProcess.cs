using System.Diagnostics;
using System.Globalization;

namespace NestedLearning.Benchmarks.Gateway;

/// <summary><see cref="LoadServer"/> in a process of its own, so that what it occupies is not its clients'.</summary>
internal sealed class ServerProcess : IDisposable
{
    private readonly Process _process;

    private ServerProcess(Process process, Uri url) => (_process, Url) = (process, url);

    public Uri Url { get; }

    public static async Task<ServerProcess> StartAsync(params string[] arguments)
    {
        string program = Environment.ProcessPath!;
        string[] self = program.EndsWith("dotnet", StringComparison.Ordinal) ? [typeof(ServerProcess).Assembly.Location] : [];
        ProcessStartInfo start = new(program, [.. self, LoadServer.Name, .. arguments]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        Process process = Process.Start(start)!;
        return new ServerProcess(process, new Uri((await process.StandardOutput.ReadLineAsync())!));
    }

    /// <summary>The bytes in its managed heap after a collection, and of the whole process.</summary>
    public async Task<(double Heap, double All)> MemoryAsync()
    {
        await _process.StandardInput.WriteLineAsync();
        await _process.StandardInput.FlushAsync();
        string[] words = (await _process.StandardOutput.ReadLineAsync())!.Split(' ');
        return (double.Parse(words[0], CultureInfo.InvariantCulture), double.Parse(words[1], CultureInfo.InvariantCulture));
    }

    public void Dispose()
    {
        _process.Kill();
        _process.Dispose();
    }
}
