namespace NestedLearning.Torch;

/// <summary>A device was asked for that this machine does not have, or that libtorch cannot use here.</summary>
public sealed class TorchDeviceException(TorchDevice device, string reason) : NestedLearningException($"There is no device {device} here: {reason}")
{
    /// <summary>The device that was asked for.</summary>
    public TorchDevice Device { get; } = device;
}
