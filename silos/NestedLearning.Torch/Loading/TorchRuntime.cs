using System.Runtime.InteropServices;
using TorchSharp;

namespace NestedLearning.Torch;

/// <summary>Whether libtorch is here. It is loaded at the first question, once for the process.</summary>
public static class TorchRuntime
{
    private static readonly Lazy<string?> Missing = new(Load);

    /// <summary>Why the native libraries do not load and what to install, in a line; null if they load.</summary>
    public static string? Problem => Missing.Value;

    /// <summary>The version of TorchSharp.</summary>
    public static string Version { get; } = typeof(torch).Assembly.GetName().Version!.ToString(3);

    /// <summary>How many threads libtorch takes where nobody chose; 0 before it is loaded.</summary>
    internal static int DefaultThreads { get; private set; }

    /// <summary>Loads the native libraries.</summary>
    /// <exception cref="TorchUnavailableException">They do not load.</exception>
    public static void Require()
    {
        if (Problem is { } problem)
        {
            throw new TorchUnavailableException(problem);
        }
    }

    private static string? Load()
    {
        string? problem = new NativeLibraries(name => NativeLibrary.Load(name, typeof(torch).Assembly, searchPath: null)).Load();
        DefaultThreads = problem is null ? torch.get_num_threads() : 0;
        return problem;
    }
}
