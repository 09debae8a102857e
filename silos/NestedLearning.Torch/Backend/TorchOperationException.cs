using System.Runtime.InteropServices;

namespace NestedLearning.Torch;

/// <summary>libtorch failed at an operation whose shapes were right, for example because the device has no memory left.</summary>
public sealed class TorchOperationException(string operation, TorchDevice device, ExternalException native)
    : NestedLearningException($"{operation} on {device}: {FirstLine(native.Message)}", native)
{
    /// <summary>The operation.</summary>
    public string Operation { get; } = operation;

    /// <summary>The device.</summary>
    public TorchDevice Device { get; } = device;

    /// <summary>libtorch adds a stack trace of its own.</summary>
    private static string FirstLine(string message) => message.Trim().Split('\n')[0].TrimEnd();
}
