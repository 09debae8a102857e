namespace NestedLearning.Torch;

/// <summary>A tensor would have passed the memory limit of its backend. Nothing was allocated.</summary>
public sealed class TorchMemoryException(TorchDevice device, long requestedBytes, long bytesInUse, long limitBytes) : NestedLearningException(
    $"{device}: a tensor of {requestedBytes:N0} bytes does not fit; {bytesInUse:N0} of the limit of {limitBytes:N0} bytes are in use.")
{
    /// <summary>The device.</summary>
    public TorchDevice Device { get; } = device;

    /// <summary>What was asked for.</summary>
    public long RequestedBytes { get; } = requestedBytes;

    /// <summary>What the other tensors held.</summary>
    public long BytesInUse { get; } = bytesInUse;

    /// <summary>The limit.</summary>
    public long LimitBytes { get; } = limitBytes;
}
