using System.Runtime.InteropServices;

namespace NestedLearning.Torch;

/// <summary>
/// Loads the native libraries before TorchSharp does: it would write pages to the console where it fails. The order and the
/// names are TorchSharp's.
/// </summary>
/// <param name="load">Loads a library by its name.</param>
internal sealed class NativeLibraries(Action<string> load)
{
    private const string Bridge = "LibTorchSharp";
    private const string Remedy = "reference the package TorchSharp-cpu, or TorchSharp-cuda-linux (-p:TorchDevice=cuda), in the program that is started";

    /// <summary>Why they do not load, in a line; null if they do.</summary>
    public string? Load()
    {
        if (!Environment.Is64BitProcess)
        {
            return "TorchSharp needs a process of 64 bits.";
        }

        try
        {
            // Whichever the package holds. What is missing of them is told by the bridge, which needs them.
            TryLoad("torch_cuda");
            TryLoad("torch_cpu");
            load(Bridge);
            return null;
        }
        catch (Exception error) when (error is DllNotFoundException or BadImageFormatException)
        {
            return $"TorchSharp's native library does not load on {RuntimeInformation.RuntimeIdentifier}: {Reason(error.Message)}; {Remedy}.";
        }
    }

    private void TryLoad(string name)
    {
        try
        {
            load(name);
        }
        catch (Exception error) when (error is DllNotFoundException or BadImageFormatException)
        {
            return;
        }
    }

    /// <summary>The loader tells a line for each place that it looked at; the telling one is about another library than the bridge.</summary>
    private static string Reason(string message)
    {
        IEnumerable<string> lines = message.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Skip(1);
        string? cause = lines.FirstOrDefault(line => !IsPlace(line));
        return cause is null ? $"{Bridge} is not found" : cause.TrimEnd('.');
    }

    private static bool IsPlace(string line) =>
        line.Contains(Bridge, StringComparison.Ordinal) && line.Contains(": cannot open", StringComparison.Ordinal);
}
