namespace NestedLearning.Torch;

/// <summary>What a device is.</summary>
public enum TorchDeviceKind
{
    /// <summary>The processor.</summary>
    Cpu,

    /// <summary>A GPU that CUDA runs on.</summary>
    Cuda,
}
